@testable import Retrieval

extension Passage {
  /// All of one of somebody's notes.
  ///
  /// - Parameter near: cosine of the question; with the usual one it is answered.
  static func note(_ text: String, chunk: Int = 1, headings: [String] = [], near: Double = 0.7) -> Passage {
    Passage(
      chunk: chunk, documentID: chunk, document: "d.md", source: "/d.md", collection: "default",
      title: "Notes",
      headingPath: headings, start: 0, end: text.unicodeScalars.count, text: text, ordinal: 0, score: 1,
      denseScore: near)
  }
}
