import Testing

@testable import Retrieval

@Suite struct ArchiveReaderTests {
  /// Every member's path and content.
  private func all(_ bytes: [UInt8], _ limits: DocumentLimits = DocumentLimits()) throws -> [String] {
    try ArchiveReader.read(bytes, limits: limits) { reader in
      var found: [String] = []
      while let member = try reader.next() {
        guard member.kind == .file else { continue }
        let content = try reader.read(limit: limits.documentBytes)
        found.append("\(member.path): \(String(decoding: content, as: UTF8.self))")
      }
      return found
    }
  }

  @Test func `members come in stored order, without folders`() throws {
    var zip = ZipFixture(["b.md": "second letter", "a/": "", "a/c.txt": "third"])
    zip.add("empty.txt", [])
    #expect(try all(zip.bytes) == ["b.md: second letter", "a/c.txt: third", "empty.txt: "])
  }

  @Test func `a file is read as memory is`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.zip", ZipFixture(["x.md": "words"]).bytes)
    let reader = try ArchiveReader(path: path, limits: DocumentLimits())
    let member = try #require(try reader.next())
    #expect(member.path == "x.md")
    #expect(member.size == 5)
    #expect(member.modified != nil)
    #expect(try reader.read(limit: 100) == Array("words".utf8))
    #expect(try reader.next() == nil)
  }

  @Test(arguments: [
    (Array("../../etc/passwd".utf8), "etc/passwd"),
    (Array("/etc/passwd".utf8), "etc/passwd"),
    (Array("a/./b//../c.md".utf8), "a/b/c.md"),
    (Array("C:\\docs\\x.md".utf8), "docs/x.md"),
    (Array("a\u{1}b.md".utf8), "a\u{FFFD}b.md"),
    (Array("Größe/日本.md".utf8), "Größe/日本.md"),
    // CP437 and Latin-1 bytes that are no UTF-8.
    ([0x47, 0x72, 0x94, 0xE1, 0x65, 0x2E, 0x6D, 0x64], "Größe.md"),
  ])
  func `names stay inside the archive`(stored: [UInt8], expected: String) throws {
    var zip = ZipFixture()
    zip.add(rawName: stored, [1])
    let path = try ArchiveReader.read(zip.bytes, limits: DocumentLimits()) { try $0.next()?.path }
    #expect(path == expected)
  }

  @Test func `a name flagged as UTF-8 is kept in any locale`() throws {
    #expect(try all(ZipFixture(["Übersicht 目次.md": "x"]).bytes) == ["Übersicht 目次.md: x"])
  }

  @Test func `a bomb is refused by what it declares and by what it unpacks to`() throws {
    var limits = DocumentLimits()
    limits.ratioFloorBytes = 50_000
    limits.compressionRatio = 20
    var honest = ZipFixture()
    honest.addZeros("zeros.txt", count: 500_000)
    #expect(DocumentError.thrown { _ = try all(honest.bytes, limits) }?.code == .archiveBomb)

    var lying = ZipFixture()
    lying.addZeros("zeros.txt", count: 500_000, declaredSize: 10)
    let code = DocumentError.thrown { _ = try all(lying.bytes, limits) }?.code
    #expect(code == .archiveBomb || code == .damaged)

    limits.unpackedBytes = 3000
    let parts = ZipFixture([
      "a.txt": String(repeating: "a", count: 2000), "b.txt": String(repeating: "b", count: 2000),
    ])
    let error = DocumentError.thrown { _ = try all(parts.bytes, limits) }
    #expect(error?.code == .archiveBomb)
    #expect(error?.description.contains("unpacks to more than 2.9 kB") == true)
  }

  @Test func `a small file of repeated lines is no bomb`() throws {
    var zip = ZipFixture()
    zip.addZeros("zeros.txt", count: 300_000)
    #expect(try all(zip.bytes).count == 1)
  }

  @Test func `too many members and a member that is too large are refused`() throws {
    var limits = DocumentLimits()
    limits.members = 2
    let many = ZipFixture(["a": "1", "b": "2", "c": "3"])
    #expect(DocumentError.thrown { _ = try all(many.bytes, limits) }?.code == .archiveBomb)
    limits = DocumentLimits()
    limits.documentBytes = 4
    let large = DocumentError.thrown { _ = try all(ZipFixture(["a": "12345"]).bytes, limits) }
    #expect(
      large?.description
        == "It has 5 bytes and the limit is 4 bytes. Raise it with --max-size, or split the file.")
  }

  @Test func `encrypted members are named as such`() throws {
    #expect(DocumentError.thrown { _ = try all(EncryptedFixtures.zip) }?.code == .encrypted)
  }

  @Test func `an archive cut off anywhere is damaged, never shorter`() throws {
    let bytes = ZipFixture(["a.md": "first part", "b.md": "second part"]).bytes
    for length in 0..<bytes.count {
      let error = DocumentError.thrown { _ = try all(Array(bytes[..<length])) }
      #expect(error?.code == .damaged, "cut to \(length) bytes")
    }
  }

  @Test func `damage anywhere throws or changes words, and never traps`() throws {
    var random = DocumentFuzzer(seed: 7)
    var zip = ZipFixture(["a.md": "first part", "b/c.md": "second part"])
    zip.addZeros("zeros.bin", count: 5000)
    for _ in 0..<300 {
      let bytes = random.altered(zip.bytes)
      do { _ = try all(bytes) } catch is DocumentError {}
    }
  }
}
