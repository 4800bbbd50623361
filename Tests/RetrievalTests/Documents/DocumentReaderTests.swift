import Testing

@testable import Retrieval

@Suite struct DocumentReaderTests {
  private let reader = DocumentReader()

  private func failure(_ file: SourceFile, _ reader: DocumentReader) -> DocumentError? {
    .thrown { _ = try reader.read(file) }
  }

  @Test func `a file gives its bytes and parses by its name`() throws {
    let folder = try TemporaryFolder()
    try folder.write("notes.md", "# Title\n\nWords.")
    let content = try reader.read(folder.source("notes.md"))
    #expect(content == .document(Array("# Title\n\nWords.".utf8)))
    let document = try reader.parse(Array("# Title\n\nWords.".utf8), name: "notes.md")
    #expect(document.outline == ["h1 Title #title", "p Words."])
  }

  @Test(arguments: [
    ("notes.md.gz", "# Title\n\nWords.", "h1 Title #title"), ("NEWS.gz", "Words of it.", "p Words of it."),
    ("changelog.Debian.gz", "Words of it.", "p Words of it."),
    ("page", "<!DOCTYPE html><p>Words.", "p Words."),
    ("walk.6.gz", ".TH WALK 6\n.SH NAME\nwalk", "h1 NAME"),
    ("backup.tar.gz", "Words of it.", "p Words of it."),
  ])
  func `what is packed with gzip is read as what it holds`(name: String, text: String, first: String) throws {
    let packed = gzip(text)
    #expect(try reader.parse(packed, name: name).outline.first == first)
    #expect(
      try reader.parser(of: packed, name: name)
        == reader.parser(of: Array(text.utf8), name: FileName.withoutGzip(name)))
    let cut = DocumentError.thrown { _ = try reader.parse(Array(packed.dropLast(9)), name: name) }
    #expect(cut?.code == .damaged)
  }

  @Test func `what is packed and not read is named, and unpacked no further than its beginning`()
    throws
  {
    func refusal(_ content: [UInt8], _ name: String) -> DocumentError? {
      DocumentError.thrown { _ = try reader.parse(gzip(content), name: name) }
    }
    let tar = [UInt8](repeating: 0, count: 257) + Array("ustar".utf8) + [UInt8](repeating: 0, count: 200_000)
    #expect(refusal(tar, "a.tar.gz")?.description == "It is a tar archive, which is not read.")
    // What is cut off behind the beginning was not looked at.
    let cut = DocumentError.thrown { _ = try reader.parse(Array(gzip(tar).dropLast(1000)), name: "a.tar.gz") }
    #expect(cut?.code == .unsupported)
    #expect(refusal([1, 2, 3, 0, 4, 0], "core.gz")?.code == .unsupported)
    #expect(refusal([], "nothing.gz")?.code == .empty)
  }

  @Test func `what cannot be read says why`() throws {
    let folder = try TemporaryFolder()
    try folder.write("empty.md", "")
    try folder.makeFolder("folder.md")
    try folder.link("loop.md", to: "loop.md")
    #expect(failure(folder.source("empty.md"), reader)?.code == .empty)
    #expect(
      failure(folder.source("folder.md"), reader)
        == DocumentError(.unreadable, "It is a folder, not a file."))
    #expect(failure(folder.source("loop.md"), reader)?.code == .symlinkLoop)
    #expect(
      failure(folder.source("none.md"), reader)?.description
        == "It does not exist (No such file or directory). Check the path.")
  }

  @Test func `a text over the limit is refused with the limit and the flag, before it is read`() throws {
    let folder = try TemporaryFolder()
    _ = try folder.writeSparse("big.txt", size: 200 << 20)
    #expect(
      failure(folder.source("big.txt"), reader)?.description
        == "It has 200 MB and the limit is 100 MB. Raise it with --max-size, or split the file.")
    try folder.write("small.txt", "12345")
    let lowered = DocumentReader(limits: DocumentLimits(largestDocument: 4))
    #expect(failure(folder.source("small.txt"), lowered)?.code == .tooLarge)
    let exact = DocumentReader(limits: DocumentLimits(largestDocument: 5))
    #expect(failure(folder.source("small.txt"), exact) == nil)
  }

  @Test func `an archive gives its documents, each read on its own`() throws {
    let folder = try TemporaryFolder()
    var zip = ZipFixture(["docs/b.md": "# B", "docs/a.txt": "A", ".hidden.md": "no", "__MACOSX/x.md": "no"])
    zip.add("picture.png", [0x89, 0x50, 0x4E, 0x47])
    zip.add("README", Array("plain words".utf8))
    zip.add("blob", [0, 1, 2, 3])
    zip.add("inner.zip", ZipFixture(["x.md": "x"]).bytes)
    zip.add("secret.md", [1, 2], isEncrypted: true)
    zip.add("docs/b.md", Array("again".utf8))
    try folder.write("all.zip", zip.bytes)
    let file = folder.source("all.zip")
    guard case .archive(let members, let failures) = try reader.read(file) else {
      Issue.record("not an archive")
      return
    }
    #expect(members.map(\.name) == ["all.zip!/docs/b.md", "all.zip!/docs/a.txt", "all.zip!/README"])
    #expect(members[0].source == "\(folder.path)/all.zip!/docs/b.md")
    #expect(members[0].size == 3)
    #expect(failures.map(\.name) == ["all.zip!/inner.zip", "all.zip!/secret.md", "all.zip!/docs/b.md"])
    #expect(failures.map(\.error.code) == [.nestedArchive, .encrypted, .damaged])

    // In any order.
    for index in [1, 0, 2, 2, 0] {
      let expected = ["# B", "A", "plain words"][index]
      #expect(try reader.read(members[index]) == .document(Array(expected.utf8)))
    }
    let gone = SourceFile(source: "\(folder.path)/all.zip!/none.md", name: "none.md")
    #expect(failure(gone, reader)?.code == .unreadable)
  }

  @Test func `an archive that was replaced is read anew`() throws {
    let folder = try TemporaryFolder()
    try folder.write("all.zip", ZipFixture(["a.md": "old", "b.md": "b"]).bytes)
    let member = folder.source("all.zip!/a.md")
    #expect(try reader.read(member) == .document(Array("old".utf8)))
    try folder.write("all.zip", ZipFixture(["z.md": "z", "b.md": "bb", "a.md": "new!"]).bytes)
    #expect(try reader.read(member) == .document(Array("new!".utf8)))
  }

  @Test func `of a site in an archive the pages are its documents`() throws {
    let folder = try TemporaryFolder()
    let page = "<p>words</p>"
    let packed = String(repeating: "call(1);", count: 200)
    try folder.write(
      "site.zip",
      ZipFixture([
        "manual/index.html": page, "manual/objects.inv": "names", "manual/guide/a.html": page,
        "manual/genindex.html": page, "manual/_sources/guide/a.rst.txt": "words", "manual/_static/a.js": "x",
        "other/genindex.html": page, "other/a.js": "let x = 1\n", "other/b.js": packed,
      ]).bytes)
    guard case .archive(let members, let failures) = try reader.read(folder.source("site.zip")) else {
      Issue.record("not an archive")
      return
    }
    #expect(failures.isEmpty)
    #expect(
      members.map(\.name).sorted()
        == ["manual/guide/a.html", "manual/index.html", "other/a.js", "other/genindex.html"].map {
          "site.zip!/" + $0
        })
  }

  @Test func `many threads read members of one archive`() async throws {
    let folder = try TemporaryFolder()
    var zip = ZipFixture()
    for index in 0..<200 { zip.add("m\(index).md", Array("text \(index)".utf8)) }
    try folder.write("all.zip", zip.bytes)
    let path = folder.path
    let reader = reader
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for index in 0..<200 {
        group.addTask {
          let source = SourceFile(source: "\(path)/all.zip!/m\(index).md", name: "m\(index).md")
          return try reader.read(source) == .document(Array("text \(index)".utf8))
        }
      }
      for try await isRight in group { #expect(isRight) }
    }
  }

  @Test func `archives without documents, nested or bombs are refused`() throws {
    let folder = try TemporaryFolder()
    try folder.write("none.zip", ZipFixture(["a.png": "x"]).bytes)
    #expect(failure(folder.source("none.zip"), reader)?.code == .empty)
    var bomb = ZipFixture()
    for index in 0..<40 { bomb.addZeros("zeros\(index).txt", count: 100_000) }
    try folder.write("bomb.zip", bomb.bytes)
    var limits = DocumentLimits()
    limits.ratioFloorBytes = 100_000
    limits.compressionRatio = 50
    #expect(failure(folder.source("bomb.zip"), DocumentReader(limits: limits))?.code == .archiveBomb)
    let nested = ZipFixture(["a.md": "x"]).bytes
    #expect(DocumentError.thrown { _ = try reader.parse(nested, name: "inner.md") }?.code == .nestedArchive)
  }

  @Test func `a document without text is empty`() {
    #expect(DocumentError.thrown { _ = try reader.parse([], name: "a.md") }?.code == .empty)
    #expect(
      DocumentError.thrown { _ = try reader.parse(Array(" \n\t\n".utf8), name: "a.md") }?.code == .empty)
    let page = Array("<!doctype html><html><body><script>x</script></body></html>".utf8)
    #expect(DocumentError.thrown { _ = try reader.parse(page, name: "a.html") }?.code == .empty)
  }

  @Test func `a member of a book that is damaged or encrypted is told by its parser`() throws {
    let folder = try TemporaryFolder()
    try folder.write("cut.epub", Array(EPUBFixture().zip.bytes.dropLast(30)))
    guard case .document(let bytes) = try reader.read(folder.source("cut.epub")) else {
      Issue.record("an archive")
      return
    }
    #expect(DocumentError.thrown { _ = try reader.parse(bytes, name: "cut.epub") }?.code == .damaged)
  }

  @Test func `random bytes under every name are refused or read, and never trap`() {
    var random = DocumentFuzzer(seed: 1)
    let heads: [[UInt8]] = [
      [], Array("%PDF-1.4\n".utf8), [0x50, 0x4B, 3, 4], Array("<html>".utf8),
      Array("{\"nbformat\":4,\"cells\":[".utf8),
      [0xFF, 0xFE], [0xEF, 0xBB, 0xBF], Array("---\n".utf8), Array("=====\n".utf8),
    ]
    let names = ["a.md", "a.html", "a.txt", "a.rst", "a.ipynb", "a.epub", "a.docx", "a.zip", "a", "a.pdf"]
    for round in 0..<180 {
      let head = heads[round % heads.count]
      // Each PDF is a child process; a few of them are enough.
      if head.starts(with: [0x25]), round % 4 != 1 { continue }
      let isText = round % 2 == 0
      let body = (0..<Int.random(in: 0..<3000, using: &random)).map { _ in
        isText ? UInt8.random(in: 0x20..<0x7F, using: &random) : UInt8.random(in: 0...255, using: &random)
      }
      do {
        let document = try reader.parse(head + body, name: names[round % names.count])
        #expect(!document.blocks.isEmpty)
      } catch is DocumentError {
      } catch {
        Issue.record("threw \(error)")
      }
    }
  }
}
