import Glibc

// One subcommand for each hot path; scripts/benchmark compares them with other programs.
let arguments = Array(CommandLine.arguments.dropFirst())
do {
  switch arguments.first {
  case "lexical": try LexicalBenchmark.run(Array(arguments.dropFirst()))
  default: throw BenchmarkError("usage: Benchmark lexical ...")
  }
} catch {
  let text = Array("\(error)\n".utf8)
  write(2, text, text.count)
  exit(1)
}
