import Retrieval
import Testing

/// What holds for every parser whatever it is given.
struct ParserInvariantsTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var parser: any DocumentParser
    var name = ""
  }

  static let cases = [
    Case(testDescription: "Markdown", parser: MarkdownParser(), name: "a.md"),
    Case(testDescription: "MDX", parser: MarkdownParser(), name: "a.mdx"),
    Case(testDescription: "HTML", parser: HTMLParser()),
    Case(testDescription: "whole HTML", parser: HTMLParser(scope: .wholePage)),
    Case(testDescription: "plain text", parser: PlainTextParser(formFeedsArePages: true), name: "a.txt"),
    Case(testDescription: "source code", parser: PlainTextParser(), name: "a.swift"),
    Case(testDescription: "reStructuredText", parser: ReStructuredTextParser()),
    Case(testDescription: "AsciiDoc", parser: AsciiDocParser()),
    Case(testDescription: "Org", parser: OrgParser()),
    Case(testDescription: "LaTeX", parser: LaTeXParser()),
    Case(testDescription: "JSON", parser: JSONParser(), name: "a.json"),
    Case(testDescription: "subtitles", parser: SubtitleParser()),
    Case(testDescription: "XML", parser: XMLDocumentParser(), name: "a.docbook"),
    Case(testDescription: "notebooks", parser: NotebookParser()),
    Case(testDescription: "manual pages", parser: ManualPageParser(), name: "a.1"),
  ]

  @Test(arguments: cases)
  func `Blocks keep their order and bounds in any document`(of parser: Case) throws {
    var fuzzer = DocumentFuzzer(seed: 2026)
    for round in 0..<250 {
      let document = fuzzer.document()
      try check(parser, document, round)
      try check(parser, fuzzer.damaged(document), round)
      try check(parser, fuzzer.noise(), round)
    }
  }

  @Test func `Damaged notebooks are read or refused`() throws {
    var fuzzer = DocumentFuzzer(seed: 4)
    let notebook = Array(
      ##"{"cells":[{"cell_type":"markdown","source":["# T\n","a"]},{"cell_type":"code","source":"x","outputs":[{"text":["é\r\u0000"]}]}]}"##
        .utf8)
    let parser = Case(testDescription: "", parser: NotebookParser())
    for round in 0..<500 { try check(parser, fuzzer.damaged(notebook), round) }
  }

  @Test(arguments: [
    (
      ##"{"name":"T","messages":[{"from":"a","date":"2024-01-01T10:00:00","text":"é \\ud83d"},{"from":"b","date":17e8,"text":["x",{"text":"y"}]}]}"##,
      Case(testDescription: "JSON", parser: JSONParser(), name: "a.json")
    ),
    (
      "1\n00:01:00,000 --> 00:02:00,000\n<v Ann>Hé</v> &amp; {\\an8}b\n- a\n- b\n\n2\n00:03,0 --> 00:04,0 x\nEnd.",
      Case(testDescription: "subtitles", parser: SubtitleParser())
    ),
    (
      "\\title{T\\\"e}\\newcommand{\\x}{y}\\begin{document}\\section{S}a~\\x{} $b$ % c\n\\begin{itemize}\\item[l] é\\end{itemize}\\begin{tabular}{l}a&b\\\\c\\end{tabular}\\end{document}",
      Case(testDescription: "LaTeX", parser: LaTeXParser())
    ),
    (
      "<!DOCTYPE book [<!ENTITY x \"y\">]><book><title>Té</title><chapter><para>&x; &mdash; <ulink url='u'>v</ulink></para></chapter></book>",
      Case(testDescription: "XML", parser: XMLDocumentParser(), name: "a.docbook")
    ),
  ])
  func `Damaged ones of few signs are read`(document: String, parser: Case) throws {
    var fuzzer = DocumentFuzzer(seed: 7)
    for round in 0..<500 { try check(parser, fuzzer.damaged(Array(document.utf8)), round) }
  }

  private func check(_ parser: Case, _ bytes: [UInt8], _ round: Int) throws {
    let document: ParsedDocument
    do {
      document = try parser.parser.parse(bytes, name: parser.name)
    } catch let error as DocumentError {
      #expect([.unsupported, .damaged, .redirect].contains(error.code), "round \(round)")
      return
    }
    let faults = document.faults
    #expect(
      faults.isEmpty,
      "round \(round): \(faults) in \(String(decoding: bytes, as: UTF8.self).debugDescription)")
    let again = try parser.parser.parse(bytes, name: parser.name)
    #expect(again == document, "round \(round): a second reading differs")
  }
}

extension ParsedDocument {
  /// Which promises of `ParsedDocument` are broken.
  fileprivate var faults: [String] {
    var faults: [String] = []
    let bytes = Array(text.utf8)
    let boundaries = Set(
      text.indices.map { text.utf8.distance(from: text.startIndex, to: $0) } + [bytes.count])
    var end = 0
    for block in blocks {
      if block.range.isEmpty { faults.append("an empty block at \(block.range)") }
      if block.range.lowerBound < end || block.range.upperBound > bytes.count {
        faults.append("\(block.range) overlaps or is out of bounds")
        return faults
      }
      if !boundaries.contains(block.range.lowerBound) || !boundaries.contains(block.range.upperBound) {
        faults.append("\(block.range) cuts a character")
      }
      if !isWhiteSpace(bytes[end..<block.range.lowerBound]) { faults.append("text before \(block.range)") }
      if isWhiteSpace(bytes[block.range]) { faults.append("a blank block at \(block.range)") }
      if case .heading(let level) = block.kind {
        if !(1...6).contains(level) { faults.append("heading level \(level)") }
      }
      end = block.range.upperBound
    }
    if !isWhiteSpace(bytes[end...]) { faults.append("text after the last block") }
    if bytes.contains(0) || bytes.contains(0x0D) { faults.append("NUL or carriage return") }
    if title?.isEmpty == true { faults.append("an empty title") }
    return faults
  }

  private func isWhiteSpace(_ bytes: ArraySlice<UInt8>) -> Bool {
    String(decoding: bytes, as: UTF8.self).unicodeScalars.allSatisfy(\.properties.isWhitespace)
  }
}
