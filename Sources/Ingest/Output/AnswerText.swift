import Answering
import Commands

/// An answer and its footnotes for a terminal.
struct AnswerText {
  private let output: Output

  init(_ output: Output) { self.output = output }

  func text(of answer: Answer) -> String {
    let width = min(output.terminalWidth() ?? 100, 100)
    var isCode = false
    var lines = doubted(answer).split(separator: "\n", omittingEmptySubsequences: false).flatMap { line in
      let isFence = line.hasPrefix("```")
      if isFence { isCode.toggle() }
      // Code and tables keep their lines.
      return isFence || isCode || line.hasPrefix("| ")
        ? [TerminalText.cleanLines(String(line))] : String(line).wrapped(to: width)
    }
    let notices = [answer.hasLowConfidence ? Answer.caution : nil, answer.hint].compactMap(\.self)
    if !notices.isEmpty {
      lines += [""] + notices.flatMap { $0.wrapped(to: width).map { output.styled($0, .dim) } }
    }
    if !answer.citations.isEmpty { lines.append("") }
    for citation in answer.citations {
      let place = Place(citation.document, citation.headingPath, page: citation.page)
      lines.append(
        output.styled("[\(citation.number)]", .bold) + " \(place.text), \(citation.start)-\(citation.end)")
      if let url = citation.url { lines.append("    \(url)") }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The text with a mark after each sentence that no source supports, as the pages have it.
  private func doubted(_ answer: Answer) -> String {
    var text = answer.answer.unicodeScalars
    for sentence in (answer.sentences ?? []).reversed() where !sentence.isSupported {
      let end = text.index(text.startIndex, offsetBy: sentence.end, limitedBy: text.endIndex) ?? text.endIndex
      text.insert(contentsOf: " (no source supports this)".unicodeScalars, at: end)
    }
    return String(text)
  }
}
