import Glibc

/// Measures our side of the scripts in `scripts/benchmark`.
@main
struct Program {
  static func main() async {
    let arguments = Array(CommandLine.arguments.dropFirst())
    do {
      switch arguments.first {
      case "vectors": try await VectorBenchmark.run(Array(arguments.dropFirst()))
      case "corpus": try await CorpusBenchmark.run(Array(arguments.dropFirst()))
      default:
        complain(
          """
          Usage: benchmark vectors VECTORS QUERIES DIMENSIONS [portable|avx2|avx512]
                 benchmark corpus fill CORPUS VECTORS DIMENSIONS COUNT
                 benchmark corpus open CORPUS VECTORS DIMENSIONS full|compact
          """)
        exit(64)
      }
    } catch {
      complain("benchmark: \(error)")
      exit(1)
    }
  }

  private static func complain(_ text: String) {
    let line = text + "\n"
    _ = line.withCString { write(STDERR_FILENO, $0, line.utf8.count) }
  }
}
