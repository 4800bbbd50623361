import Testing

@testable import Retrieval

@Suite struct SubtitleParserTests {
  private func text(_ source: String, name: String = "a.srt") throws -> String {
    try DocumentReader().parse(Array(source.utf8), name: name).text
  }

  @Test func `numbers, times and tags of SubRip are left out`() throws {
    let source = """
      1
      00:00:01,000 --> 00:00:04,200
      Welcome to lecture four.
      I am <i>Nadia</i> Haddad.

      2
      00:00:04,400 --> 00:00:09,000
      {\\an8}Humus is what
      remains of 4 plants.

      3
      00:00:27,000 --> 00:00:33,000
      - Why not add nitrogen?
      - It burns humus.
      """
    let expected = """
      Welcome to lecture four. I am Nadia Haddad. Humus is what remains of 4 plants.

      Why not add nitrogen?

      It burns humus.

      """
    #expect(try text(source) == expected)
    #expect(try text(source.replacing("\n", with: "\r\n")) == expected)
    // What is named otherwise is told by its content.
    #expect(try text(source, name: "captions") == expected)
  }

  @Test func `WebVTT keeps who speaks, and no notes or styles`() throws {
    let source = """
      WEBVTT - Product demo
      Kind: captions

      NOTE for translators only

      STYLE
      ::cue { color: yellow }

      intro
      00:00.000 --> 00:04.000 align:start position:10%
      <v Marcus>This is the Tern 2.

      00:04.500 --> 00:09.000
      <v Marcus>It weighs 98 grams &amp; shines.

      00:09.500 --> 00:15.000
      <v.loud Lena>How <b>long</b>?
      """
    #expect(
      try text(source, name: "a.vtt") == """
        Marcus: This is the Tern 2. It weighs 98 grams & shines.

        Lena: How long?

        """)
  }

  @Test func `long talks are parted between sentences`() throws {
    let cues = (1...40).map {
      "\($0)\n00:00:\($0 + 10),000 --> 00:00:\($0 + 10),900\nThis is sentence \($0) and\nit ends."
    }
    let document = try DocumentReader().parse(Array(cues.joined(separator: "\n\n").utf8), name: "a.srt")
    #expect(document.blocks.count > 2 && document.blocks.allSatisfy { $0.kind == .paragraph })
    for paragraph in document.text.split(separator: "\n\n") {
      #expect(paragraph.hasPrefix("This is") && paragraph.trimmed.hasSuffix("it ends."), "\(paragraph)")
    }
  }

  @Test(arguments: ["Only words.\n", "00:01 --> nowhere\nWords.\n"])
  func `what has no cues is plain text`(source: String) throws {
    #expect(try text(source).hasPrefix(String(source.prefix(5))))
  }
}

extension Substring {
  fileprivate var trimmed: Substring { String(self).last == "\n" ? dropLast() : self }
}
