import Commands
import Retrieval

/// Passages for a terminal, best first.
struct PassageText {
  /// Lines shown of a passage.
  private static let lines = 6

  private let output: Output

  init(_ output: Output) { self.output = output }

  func text(of passages: [Passage]) -> String {
    let width = min(output.terminalWidth() ?? 100, 100)
    return passages.enumerated().map { index, passage in
      let place = Place(passage.document, passage.headingPath, page: passage.page)
      let head = output.styled("\(index + 1).", .bold) + " \(place.text)  (\(scores(passage)))"
      let link = passage.url.map { ["   \($0)"] } ?? []
      let wrapped = passage.text.split(separator: "\n").flatMap { String($0).wrapped(to: width - 3) }
      let shown = wrapped.prefix(Self.lines).map { "   " + $0 }
      return ([head] + link + shown + (wrapped.count > Self.lines ? ["   …"] : [])).joined(separator: "\n")
        + "\n"
    }.joined(separator: "\n")
  }

  private func scores(_ passage: Passage) -> String {
    let parts =
      [("score", passage.score as Double?), ("dense", passage.denseScore), ("lexical", passage.lexicalScore)]
    return parts.compactMap { name, score in score.map { "\(name) \(HumanText.fixed($0, digits: 3))" } }
      .joined(separator: ", ")
  }
}
