import FoundationEssentials
import Glibc
import Models
import Testing

@testable import Answering
@testable import Retrieval

/// The sample book, taken in once with the real embedding model, for tests that measure answers.
enum SampleBook {
  static let model: LocalEmbeddingModel? = {
    guard let path = getenv("FOOTNOTE_MODEL_DIR") ?? nil else { return nil }
    return try? LocalEmbeddingModel(
      directory: ModelDirectory(path: String(cString: path), source: .environment))
  }()

  static let condition: ConditionTrait = .enabled(
    if: model != nil, "FOOTNOTE_MODEL_DIR names no embedding model; scripts/fetch-model.sh gives its place")

  /// Folder of the project.
  static let root: String = {
    let parts = #filePath.split(separator: "/")
    return "/" + parts.dropLast(4).joined(separator: "/")
  }()

  private static let task = Task {
    let model = try #require(SampleBook.model)
    let folder = FileManager.default.temporaryDirectory.path + "/footnote-book-\(getpid())"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let corpus = try Corpus(path: folder + "/book.db", access: .create)
    _ = try await Indexer(corpus: corpus, model: model, loader: DocumentReader()).run(
      .walk([root + "/corpus"]))
    let searcher = try await Searcher(corpus: corpus, model: model)
    // Open files stay until the process ends.
    try FileManager.default.removeItem(atPath: folder)
    return searcher
  }

  static func answerer() async throws -> Answerer {
    Answerer(searcher: try await task.value, rewriter: StandardRewriter())
  }

  /// Lines of a file of the project, each a JSON object.
  static func lines<Line: Decodable>(_ path: String, as: Line.Type = Line.self) throws -> [Line] {
    let text = try String(contentsOfFile: root + "/" + path, encoding: .utf8)
    return try text.split(separator: "\n").map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
  }
}
