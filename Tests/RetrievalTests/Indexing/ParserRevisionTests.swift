import HTTPClient
import SQLite
import TestSupport
import Testing

@testable import Retrieval

/// Documents that an earlier version of the program read are read again where their parser has changed.
@Suite struct ParserRevisionTests {
  private let model = HashingEmbeddingModel()

  /// Reads as an earlier version did: `parser` is what it called its parser, and it knew no headings.
  private struct EarlierReader: DocumentLoader {
    var reader = DocumentReader()
    var parser: String
    var knewHeadings = true

    func read(_ file: SourceFile) throws -> DocumentReader.Content { try reader.read(file) }

    func parse(_ bytes: [UInt8], name: String) throws -> ParsedDocument {
      try reader.parse(bytes, name: knewHeadings || !name.hasSuffix("b.md") ? name : "b.txt")
    }

    func parser(of bytes: [UInt8], name: String) -> String { parser }
  }

  private func withFolder(_ body: (_ folder: String) async throws -> Void) async throws {
    try await withTemporaryDirectory { directory in
      try write("# Arms\n\nArms have elbows.", to: directory + "/docs/a.md")
      try write("Legs have knees.\n\n## Feet\n\nFeet have toes.", to: directory + "/docs/b.md")
      try await body(directory + "/docs")
    }
  }

  @Test(arguments: StoreKind.testable, ["", "markdown:0", "plainText:1"])
  func `an unchanged file is read again when its parser is another, and nothing is embedded for equal texts`(
    kind: StoreKind, earlier: String
  ) async throws {
    try await withFolder { folder in
      try await kind.withPlace { place in
        let corpus = try await place.open(.create)
        let first = try await Indexer(corpus: corpus, model: model, loader: EarlierReader(parser: earlier))
          .run(.walk([folder]))
        #expect(first.documents.added == 2)
        let embedded = model.embedded.count
        let indexer = Indexer(corpus: corpus, model: model, loader: DocumentReader())
        let again = try await indexer.run(.walk([folder]))
        #expect(again.documents == IndexingSummary.Documents(changed: 2))
        #expect(again.embedded == 0 && again.cached == again.chunks && model.embedded.count == embedded)
        #expect(try await indexer.run(.walk([folder])).documents == IndexingSummary.Documents(unchanged: 2))
      }
    }
  }

  @Test(arguments: StoreKind.testable)
  func `only the texts that the better parser gives are embedded`(kind: StoreKind) async throws {
    try await withFolder { folder in
      try await kind.withPlace { place in
        let corpus = try await place.open(.create)
        let earlier = EarlierReader(parser: "markdown:0", knewHeadings: false)
        _ = try await Indexer(corpus: corpus, model: model, loader: earlier).run(.walk([folder]))
        #expect(try await corpus.text(of: "docs/b.md").contains("## Feet"))
        let summary = try await Indexer(corpus: corpus, model: model, loader: DocumentReader())
          .run(.walk([folder]))
        #expect(summary.documents == IndexingSummary.Documents(changed: 2))
        #expect(summary.cached == 1 && summary.embedded == summary.chunks - 1)
        #expect(try await corpus.text(of: "docs/b.md").contains("## Feet") == false)
      }
    }
  }

  @Test func `a page of a website that has not changed is fetched and read again as well`() async throws {
    try await withTemporaryDirectory { directory in
      let corpus = try Corpus(path: directory + "/test.db", access: .create)
      let site = try FakeSite(["/docs/": "<main><h1>Arms</h1><p>Arms have elbows.</p></main>"])
      func crawl() async throws -> IndexingSummary {
        var options = CrawlOptions(starts: [try #require(WebURL(site.url + "/docs/"))])
        options.rate = 1000
        return try await SiteIndexer(corpus: corpus, model: model, client: HTTPClient(), crawl: options).run()
      }
      #expect(try await crawl().documents.added == 1)
      #expect(try await crawl().documents == IndexingSummary.Documents(unchanged: 1))
      try await corpus.forgetParsers()
      let again = try await crawl()
      #expect(again.documents == IndexingSummary.Documents(changed: 1) && again.embedded == 0)
      #expect(site.server.requests.last?.header("If-None-Match") == nil)
      #expect(try await crawl().documents == IndexingSummary.Documents(unchanged: 1))
    }
  }

  @Test(arguments: [
    ("a.md", "# Arms", "markdown:"), ("a.txt", "Arms", "plainText:"),
    ("a.md", "<!doctype html><p>A", "html:"),
    ("a.rtf", "{\\rtf1 A}", "rtf:"), ("a.ps", "%!PS", ""),
  ])
  func `a file's parser is named by its content`(name: String, content: String, parser: String) {
    let found = DocumentReader().parser(of: Array(content.utf8), name: name)
    #expect(parser.isEmpty ? found.isEmpty : found.hasPrefix(parser))
  }
}

extension Corpus {
  /// Makes the documents those of a version that did not store parsers.
  fileprivate func forgetParsers() throws {
    let recipe = IndexingOptions().recipe(parser: "")
    try connection.run("UPDATE documents SET recipe = ?", .text(recipe))
  }
}
