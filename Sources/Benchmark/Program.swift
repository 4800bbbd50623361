import FoundationEssentials
import Glibc
import Transformer

/// Measures our side of `scripts/benchmark.sh`, and prints ids and vectors for `scripts/embedding-reference.py`
/// and `scripts/cross-encoder-reference.py`.
@main
struct Program {
  static func main() async {
    do {
      try await run(Array(CommandLine.arguments.dropFirst()))
    } catch {
      complain("benchmark: \(error)")
      exit(1)
    }
  }

  private static let usage = """
    Usage: benchmark ids MODEL                      JSON strings, one a line, to arrays of token ids
           benchmark embed MODEL [f32|bf16|int8]    JSON strings, one a line, to {"ids", "vector"} lines
           benchmark encoder MODEL [f32|bf16|int8]  a JSON array of texts a line; seconds and processor seconds each
           benchmark tokenizer MODEL                a JSON array of texts a line; seconds and processor seconds each
           benchmark rerank MODEL [f32|bf16|int8]   {"query", "documents"} a line, to {"logits", "seconds"} lines
           benchmark lexical PASSAGES QUESTIONS [K1 B WEIGHT]
           benchmark vectors VECTORS QUERIES DIMENSIONS [portable|avx2|avx512]
           benchmark corpus fill CORPUS VECTORS DIMENSIONS COUNT
           benchmark corpus open CORPUS VECTORS DIMENSIONS full|compact
    """

  private static func complain(_ text: String) {
    let line = text + "\n"
    _ = line.withCString { write(STDERR_FILENO, $0, line.utf8.count) }
  }

  private static func run(_ arguments: [String]) async throws {
    let rest = Array(arguments.dropFirst())
    switch arguments.first {
    case "lexical": return try LexicalBenchmark.run(rest)
    case "vectors": return try await VectorBenchmark.run(rest)
    case "corpus": return try await CorpusBenchmark.run(rest)
    default: break
    }
    guard arguments.count >= 2,
      let precision = Precision(rawValue: arguments.count > 2 ? arguments[2] : "f32")
    else {
      complain(usage)
      exit(64)
    }
    if arguments[0] == "rerank" {
      return try await RerankBenchmark.run(model: arguments[1], precision: precision)
    }
    func encoder() throws -> SentenceEncoder {
      try SentenceEncoder(directory: arguments[1], options: .init(precision: precision))
    }
    switch arguments[0] {
    case "ids":
      let tokenizer = try Tokenizer(directory: arguments[1])
      while let line = readLine() {
        print(tokenizer.encode(try JSONDecoder().decode(String.self, from: Data(line.utf8))))
      }
    case "embed": try await embed(try encoder())
    case "encoder":
      let encoder = try encoder()
      try await time { _ = try await encoder.embed($0) }
    case "tokenizer":
      let tokenizer = try Tokenizer(directory: arguments[1])
      try await time { for text in $0 { _ = tokenizer.encode(text) } }
    default:
      complain(usage)
      exit(64)
    }
  }

  /// One line of ids and vector a text.
  private static func embed(_ encoder: SentenceEncoder) async throws {
    struct Line: Encodable {
      var ids: [Int32]
      var vector: [Float]
    }
    var texts: [String] = []
    while let line = readLine() {
      texts.append(try JSONDecoder().decode(String.self, from: Data(line.utf8)))
    }
    let vectors = try await encoder.embed(texts)
    for (index, text) in texts.enumerated() {
      let ids = encoder.tokenizer.encode(text, maximum: encoder.maximumTokens)
      let vector = vectors[index * encoder.dimensions..<(index + 1) * encoder.dimensions]
      let data = try JSONEncoder().encode(Line(ids: ids, vector: Array(vector)))
      print(String(decoding: data, as: UTF8.self))
    }
  }

  /// Answers each line of texts with the seconds that `body` took for them and the processor seconds of all
  /// threads, so that a caller can interleave our runs with others.
  private static func time(_ body: ([String]) async throws -> Void) async throws {
    while let line = readLine() {
      let texts = try JSONDecoder().decode([String].self, from: Data(line.utf8))
      let clock = ContinuousClock()
      let before = processorSeconds()
      let seconds = try await clock.measure { try await body(texts) } / .seconds(1)
      print(seconds, processorSeconds() - before)
      fflush(nil)
    }
  }

  private static func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
