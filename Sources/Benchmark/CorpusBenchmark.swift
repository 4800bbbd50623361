import FoundationEssentials
import Glibc
import Models
import Retrieval

/// Fills a corpus file with vectors from a file, and measures how fast a new process searches it.
struct CorpusBenchmark {
  private struct Reply: Encodable {
    var seconds: [String: Double]
    var memory = VectorBenchmark.residentBytes
    var found: [[String]] = []
  }

  /// - Parameter arguments: `fill` or `open`, corpus, file of vectors, dimensions, and for `fill` how many; for
  ///   `open` `full` or `compact`.
  static func run(_ arguments: [String]) async throws {
    guard arguments.count >= 5, let dimensions = Int(arguments[3]), dimensions > 0 else {
      throw BenchmarkError(
        "five arguments are needed: fill|open CORPUS VECTORS DIMENSIONS COUNT|full|compact")
    }
    let model = StoredVectors(try MappedFile(arguments[2]), dimensions: dimensions)
    let clock = ContinuousClock()
    let start = clock.now
    var reply = Reply(seconds: [:])
    switch arguments[0] {
    case "fill":
      guard let count = Int(arguments[4]) else { throw BenchmarkError("no count: '\(arguments[4])'") }
      let corpus = try Corpus(path: arguments[1], access: .create)
      let sections = 100
      let files = (0..<count / sections).map { SourceFile(source: "/bench/\($0).md", name: "\($0).md") }
      // The sample of documents is the same for all: only their numbers differ.
      let indexer = Indexer(
        corpus: corpus, model: model, loader: NumberedSections(sections: sections),
        options: IndexingOptions(batch: 4096))
      let summary = try await indexer.run(Discovery(files: files))
      try await corpus.checkpoint()
      reply.seconds["fill"] = (clock.now - start) / .seconds(1)
      reply.found = [["\(summary.chunks) chunks", "\(summary.embedded) embedded"]]
    case "open":
      let corpus = try Corpus(path: arguments[1], access: .write)
      let memory = VectorMemory(rawValue: arguments[4]) ?? .full
      let searcher = try await Searcher(corpus: corpus, model: model, vectors: memory)
      _ = try await searcher.search(SearchQuery("Vector 1.", mode: .dense))
      reply.seconds["open"] = (clock.now - start) / .seconds(1)
      for mode in [SearchMode.dense, .hybrid] {
        var times: [Double] = []
        for query in 0..<200 {
          let begun = clock.now
          let result = try await searcher.search(SearchQuery("Vector \(query * 37).", mode: mode))
          times.append((clock.now - begun) / .seconds(1))
          if query < 3 { reply.found.append(result.passages.map(\.text)) }
        }
        reply.seconds["\(mode) search, median"] = times.sorted()[times.count / 2]
      }
      // One document more: how soon is it seen?
      let added = Discovery(files: [SourceFile(source: "/bench/new-1.md", name: "new-1.md")])
      _ = try await Indexer(corpus: corpus, model: model, loader: NumberedSections(sections: 1)).run(added)
      let begun = clock.now
      let result = try await searcher.search(SearchQuery("Vector 1.", mode: .dense))
      reply.seconds["search after a change"] = (clock.now - begun) / .seconds(1)
      reply.found.append(result.passages.prefix(3).map { $0.document })
      _ = try await corpus.remove("/bench/new-1.md")
    default: throw BenchmarkError("unknown step '\(arguments[0])'")
    }
    reply.memory = VectorBenchmark.residentBytes
    print(String(decoding: try JSONEncoder().encode(reply), as: UTF8.self))
  }
}

/// Documents of numbered sections, each of which names one vector.
private struct NumberedSections: DocumentLoader {
  var sections: Int

  func read(_ file: SourceFile) throws -> DocumentReader.Content {
    let number = file.name.split(separator: ".").first?.split(separator: "-").last.flatMap { Int($0) } ?? 0
    let parts = (number * sections..<(number + 1) * sections).map { "# Part \($0)\n\nVector \($0)." }
    return .document(Array(parts.joined(separator: "\n\n").utf8))
  }

  func parse(_ bytes: [UInt8], name: String) throws -> ParsedDocument {
    var builder = DocumentBuilder()
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      if line.hasPrefix("# ") {
        builder.append(.heading(level: 1), line.dropFirst(2))
      } else {
        builder.append(.paragraph, line)
      }
    }
    return builder.build()
  }
}

/// Gives the vector whose number is the last in a text.
private struct StoredVectors: EmbeddingModel {
  let file: MappedFile
  let fingerprint: EmbeddingFingerprint
  let tokens: any TokenCounter = Words()

  init(_ file: MappedFile, dimensions: Int) {
    self.file = file
    fingerprint = EmbeddingFingerprint(
      provider: "benchmark", model: "stored", dimensions: dimensions, pooling: "api", precision: "f32")
  }

  func embed(_ texts: [String], as role: EmbeddingRole) async throws -> EmbeddingMatrix {
    var matrix = EmbeddingMatrix(dimensions: fingerprint.dimensions)
    let count = file.floats.count / fingerprint.dimensions
    for text in texts {
      let number = text.split { !$0.isNumber }.last.flatMap { Int($0) } ?? 0
      let row = number % max(count, 1)
      matrix.append(file.floats[row * fingerprint.dimensions..<(row + 1) * fingerprint.dimensions])
    }
    return matrix
  }
}

private struct Words: TokenCounter {
  let window = 254

  func count(_ text: some StringProtocol) -> Int { text.split(separator: " ").count }
}
