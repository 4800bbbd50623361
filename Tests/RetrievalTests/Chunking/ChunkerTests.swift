import TestSupport
import Testing

@testable import Retrieval

@Suite struct ChunkerTests {
  let chunker = Chunker(options: ChunkingOptions(target: 40, overlap: 8, minimum: 8), tokens: WordTokens())

  private func document(_ blocks: [(Block.Kind, String)], title: String? = nil) -> ParsedDocument {
    var builder = DocumentBuilder()
    builder.title = title
    for (kind, text) in blocks { builder.append(kind, text) }
    return builder.build()
  }

  private func prose(_ sentences: Int) -> String {
    (1...sentences).map { "Sentence \($0) has six words." }.joined(separator: " ")
  }

  @Test func aChunkNeverSpansTwoTopLevelSections() {
    let chunks = chunker.chunks(
      of: document([
        (.heading(level: 1), "Book"), (.heading(level: 2), "One"), (.paragraph, "Tiny."),
        (.heading(level: 2), "Two"), (.paragraph, "Also tiny."),
      ]))
    #expect(chunks.map(\.text) == ["Tiny.", "Also tiny."])
    #expect(chunks.map(\.headingPath) == [["Book", "One"], ["Book", "Two"]])
  }

  @Test func smallSubsectionsOfOneSectionAreJoinedWithTheirHeadings() {
    let chunks = chunker.chunks(
      of: document(
        [
          (.heading(level: 2), "Parts"), (.heading(level: 3), "Arm"), (.paragraph, "It bends."),
          (.heading(level: 3), "Leg"), (.paragraph, "It walks."), (.heading(level: 2), "End"),
          (.paragraph, "Over."),
        ], title: "Robots"))
    #expect(chunks.map(\.text) == ["Arm\n\nIt bends.\n\nLeg\n\nIt walks.", "Over."])
    #expect(chunks.map(\.header) == ["Robots > Parts", "Robots > End"])
  }

  @Test func `no heading is lost where subsections of several levels are joined`() {
    let chunks = chunker.chunks(
      of: document(
        [
          (.heading(level: 2), "3.0"), (.heading(level: 3), "Removed"), (.heading(level: 4), "Server"),
          (.paragraph, "The old export."), (.heading(level: 4), "Client"), (.paragraph, "The old page."),
          (.heading(level: 3), "Added"), (.paragraph, "A map."), (.heading(level: 2), "2.0"),
          (.paragraph, "It came."),
        ], title: "Changes"))
    #expect(
      chunks.map(\.text) == [
        "Removed\n\nServer\n\nThe old export.\n\nClient\n\nThe old page.\n\nAdded\n\nA map.", "It came.",
      ])
    #expect(chunks.map(\.headingPath) == [["3.0"], ["2.0"]])
  }

  @Test func longSectionsAreCutEvenlyAtSentencesAndOverlap() throws {
    let chunks = chunker.chunks(of: document([(.paragraph, prose(20))]))
    #expect(chunks.count > 2)
    for chunk in chunks {
      #expect(chunk.text.hasPrefix("Sentence") && chunk.text.hasSuffix("words."))
      #expect(chunk.tokens <= 40)
    }
    for (earlier, later) in zip(chunks, chunks.dropFirst()) {
      #expect(later.range.lowerBound < earlier.range.upperBound, "chunks of a section overlap")
    }
    let sizes = chunks.map(\.tokens)
    #expect(try #require(sizes.min()) * 2 > (try #require(sizes.max())))
  }

  @Test func `a chunk has the nearest anchor before its first words`() throws {
    var builder = DocumentBuilder()
    builder.append(.heading(level: 2), "Settings", anchor: "settings")
    builder.append(.paragraph, prose(2))
    for name in ["port", "host"] {
      builder.append(.paragraph, "\(name)\n\(prose(7))", anchor: name)
      builder.append(.paragraph, prose(7))
    }
    let document = builder.build()
    let utf8 = Array(document.text.utf8)
    let chunks = chunker.chunks(of: document)
    #expect(chunks.count > 5 && chunks.first?.anchor == "settings")
    for chunk in chunks {
      let before = String(decoding: utf8[..<chunk.range.lowerBound], as: UTF8.self) + chunk.text.prefix(4)
      let expected = before.contains("host") ? "host" : before.contains("port") ? "port" : "settings"
      #expect(chunk.anchor == expected, "\(chunk.text)")
    }
  }

  @Test func tablesAndCodeStayWholeWhereTheyFit() {
    let code = "def f():\n\n    return 1"
    let table = "a | b\n1 | 2"
    let chunks = chunker.chunks(of: document([(.paragraph, prose(5)), (.code, code), (.table, table)]))
    #expect(chunks.contains { $0.text.contains(code) })
    #expect(chunks.contains { $0.text.contains(table) })
  }

  @Test func partsOfALargeTableCarryItsFirstRow() {
    let rows = (1...30).map { "row \($0) | value" }.joined(separator: "\n")
    let chunks = chunker.chunks(of: document([(.table, "name | what\n" + rows)], title: "T"))
    #expect(chunks.count > 2)
    #expect(chunks[0].header == "T")
    for chunk in chunks.dropFirst() { #expect(chunk.header == "T\nname | what") }
  }

  @Test func aDocumentOfHeadingsAloneIsStillFound() {
    let chunks = chunker.chunks(of: document([(.heading(level: 1), "Only"), (.heading(level: 2), "This")]))
    #expect(chunks.map(\.text) == ["Only\n\nThis"])
  }

  @Test func theTitleIsNotRepeatedInTheHeadingPath() {
    let chunks = chunker.chunks(
      of: document([(.heading(level: 1), "Guide"), (.paragraph, "Hi.")], title: "Guide"))
    #expect(chunks[0].header == "Guide")
    #expect(chunks[0].headingPath == [])
    #expect(chunker.chunks(of: document([(.paragraph, "Hi.")]))[0].header == "")
  }

  @Test func aHeadingOrFirstRowAsLongAsATextIsNotRepeatedWithEachChunk() throws {
    let long = String(repeating: "walk ", count: 40_000)
    let sections = (0..<400).flatMap {
      [(Block.Kind.heading(level: 2), "Part \($0)"), (.paragraph, prose(12))]
    }
    let rows = ([long] + (0..<4000).map { "row \($0) | cell" }).joined(separator: "\n")
    let blocks = [(Block.Kind.heading(level: 1), long)] + sections + [(.table, rows)]
    let start = ContinuousClock.now
    let chunks = Chunker(tokens: WordTokens()).chunks(of: document(blocks, title: long))
    #expect(.now - start < .seconds(20))
    let path = try #require(chunks.first?.headingPath)
    #expect(path == ["Part 0"], "the title is not repeated in the path, though it is cut")
    #expect(chunks.allSatisfy { $0.header.utf8.count < 2000 && $0.headingPath.joined().utf8.count < 2000 })
    #expect(chunks.contains { $0.text.contains("row 3999") })
  }

  @Test(arguments: 0..<24)
  func everyChunkIsItsRangeOfTheTextAndFits(seed: Int) {
    var random = SeededGenerator(UInt64(seed))
    let words = [
      "a", "robot", "Žluť", "🤖👩‍🔬", "日本語。", "e.g.", "end.", "x\u{301}y", String(repeating: "z", count: 900),
    ]
    var builder = DocumentBuilder()
    for _ in 0..<Int.random(in: 0...30, using: &random) {
      let kinds: [Block.Kind] = [
        .heading(level: .random(in: 1...4, using: &random)), .paragraph, .listItem, .table, .code, .quote,
      ]
      let text = (0..<Int.random(in: 0...60, using: &random)).map { _ in
        (words.randomElement(using: &random) ?? "") + (Bool.random(using: &random) ? " " : "\n")
      }
      builder.append(kinds.randomElement(using: &random) ?? .paragraph, text.joined())
    }
    let document = builder.build()
    let options = ChunkingOptions(
      target: .random(in: 16...300, using: &random), overlap: .random(in: 0...40, using: &random))
    let chunks = Chunker(options: options, tokens: WordTokens(window: 254)).chunks(of: document)
    let scalars = Array(document.text.unicodeScalars)
    var covered = Set<Int>()
    for (index, chunk) in chunks.enumerated() {
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars[chunk.range])
      #expect(String(view).utf8.elementsEqual(chunk.text.utf8))
      #expect(chunk.ordinal == index)
      #expect(chunk.tokens <= 254)
      covered.formUnion(chunk.range)
    }
    let offsets = CodePointOffsets(Array(document.text.utf8))
    let hasContent = document.blocks.contains {
      if case .heading = $0.kind { false } else { true }
    }
    for block in document.blocks {
      if case .heading = block.kind, hasContent { continue }
      let missing = offsets[block.range].filter {
        !scalars[$0].properties.isWhitespace && !covered.contains($0)
      }
      #expect(missing.isEmpty, "every character outside headings is in some chunk")
    }
  }
}
