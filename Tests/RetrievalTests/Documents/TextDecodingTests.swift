import Retrieval
import Testing

struct TextDecodingTests {
  struct Sample: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var bytes: [UInt8]
    var charset: String?
    var text: String
    var notes: [String]

    init(_ name: String, _ bytes: [UInt8], charset: String? = nil, _ text: String, _ notes: [String] = []) {
      testDescription = name
      self.bytes = bytes
      self.charset = charset
      self.text = text
      self.notes = notes
    }
  }

  static let samples = [
    Sample("nothing", [], ""),
    Sample("UTF-8", Array("naïve 漢字 🎈".utf8), "naïve 漢字 🎈"),
    Sample("UTF-8 with a mark", [0xEF, 0xBB, 0xBF, 0x61], "a"),
    Sample("UTF-16 little-endian with a mark", [0xFF, 0xFE, 0x61, 0, 0x3D, 0xD8, 0x00, 0xDE], "a😀"),
    Sample("UTF-16 big-endian with a mark", [0xFE, 0xFF, 0, 0x61, 0x20, 0xAC], "a€"),
    Sample("UTF-32 little-endian with a mark", [0xFF, 0xFE, 0, 0, 0x61, 0, 0, 0], "a"),
    Sample("UTF-32 big-endian with a mark", [0, 0, 0xFE, 0xFF, 0, 1, 0xF3, 0x88], "🎈"),
    Sample(
      "UTF-16 without a mark", Array("plain text".utf8).flatMap { [$0, 0] }, "plain text",
      ["read as UTF-16 without a byte order mark"]),
    Sample(
      "UTF-16 big-endian without a mark", Array("plain text".utf8).flatMap { [0, $0] }, "plain text",
      ["read as UTF-16 without a byte order mark"]),
    Sample(
      "half a surrogate pair", [0xFF, 0xFE, 0x61, 0, 0x3D, 0xD8], "a\u{FFFD}",
      ["replaced damaged UTF-16 with U+FFFD"]),
    Sample("Windows-1252", [0x93, 0x63, 0x61, 0x66, 0xE9, 0x94, 0x80], "“café”€", ["read as Windows-1252"]),
    Sample(
      "declared ISO-8859-2", [0xB3, 0xF3, 0x64, 0xBC], charset: "ISO-8859-2", "łódź", ["read as iso-8859-2"]),
    Sample(
      "declared Shift_JIS", [0x93, 0xFA, 0x96, 0x7B, 0x8C, 0xEA], charset: "\"Shift_JIS\"", "日本語",
      ["read as shift_jis"]),
    Sample(
      "declared GB2312 with a character of GBK", [0xE9, 0x46], charset: "gb2312", "镕", ["read as gb2312"]),
    Sample(
      "declared ISO-2022-JP, whose bytes are ASCII", [0x1B, 0x24, 0x42, 0x46, 0x7C, 0x1B, 0x28, 0x42],
      charset: "iso-2022-jp", "日", ["read as iso-2022-jp"]),
    Sample("valid UTF-8 whatever is declared", Array("é".utf8), charset: "iso-8859-1", "é"),
    Sample(
      "unknown charset", [0xE9], charset: "x-none", "é",
      ["the declared charset 'x-none' is unknown", "read as Windows-1252"]),
    Sample(
      "charset with options of iconv", [0xE9], charset: "utf-16//IGNORE", "é",
      ["the declared charset 'utf-16//ignore' is unknown", "read as Windows-1252"]),
    Sample(
      "broken bytes in UTF-8", Array("é è à ".utf8) + [0xFF] + Array(" ü".utf8), "é è à \u{FFFD} ü",
      ["replaced 1 damaged character with U+FFFD"]),
    Sample(
      "UTF-8 cut off", Array("caf".utf8) + [0xE2, 0x82], "caf\u{FFFD}",
      ["replaced 1 damaged character with U+FFFD"]),
    Sample(
      "broken bytes in a declared charset", [0xA4, 0xA2, 0xFF, 0x61], charset: "euc-jp", "あ\u{FFFD}a",
      ["read as euc-jp", "replaced 1 damaged character with U+FFFD"]),
    Sample("line ends", Array("a\r\nb\rc\n\r\nd".utf8), "a\nb\nc\n\nd"),
    Sample("NULs", Array("abc\0d\0".utf8), "abcd", ["dropped 2 NUL characters"]),
    Sample(
      "terminal colours and overstrikes", Array("\u{1B}[1mN\u{8}N\u{1B}[0m".utf8), "\u{1B}[1mN\u{8}N\u{1B}[0m"
    ),
  ]

  @Test(arguments: samples)
  func `Bytes of any encoding become text with a note of what was guessed`(sample: Sample) throws {
    let decoded = try TextDecoding.decode(sample.bytes, declaredCharset: sample.charset)
    #expect(decoded.text.unicodeScalars.elementsEqual(sample.text.unicodeScalars), "\(decoded.text)")
    #expect(decoded.notes == sample.notes)
  }

  /// "人の手には骨がある。" in Shift-JIS, "Собака живёт в доме" in Windows-1251.
  @Test(
    arguments: [
      [
        0x90, 0x6C, 0x82, 0xCC, 0x8E, 0xE8, 0x82, 0xC9, 0x82, 0xCD, 0x8D, 0x9C, 0x82, 0xAA, 0x82, 0xA0, 0x82,
        0xE9,
        0x81, 0x42,
      ],
      [
        0xD1, 0xEE, 0xE1, 0xE0, 0xEA, 0xE0, 0x20, 0xE6, 0xE8, 0xE2, 0xB8, 0xF2, 0x20, 0xE2, 0x20, 0xE4, 0xEE,
        0xEC,
        0xE5, 0x0A,
      ],
    ] as [[UInt8]])
  func `Another script in an encoding that nobody names is refused, rather than read as nonsense`(
    bytes: [UInt8]
  ) throws {
    let error = try #require(throws: DocumentError.self) { try TextDecoding.decode(bytes) }
    #expect(error.code == .unsupported && error.description.contains("Save it as UTF-8"))
    // Czech has the most letters beyond ASCII among the languages that Windows-1252 is mistaken for.
    let czech = Array(
      "P\u{F8}\u{ED}li\u{9A} \u{9E}lu\u{9D}ou\u{E8}k\u{FD} k\u{F9}\u{F2} \u{FA}p\u{EC}l".unicodeScalars)
    #expect(
      try TextDecoding.decode(czech.map { UInt8(clamping: $0.value) } + Array(" a dost.".utf8)).notes.count
        == 1)
  }

  @Test func `Binary data is refused with a hint`() {
    let picture: [UInt8] =
      [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + (0..<200).map { UInt8($0 % 32) }
    let error = #expect(throws: DocumentError.self) { try TextDecoding.decode(picture) }
    #expect(error?.code == .unsupported)
    #expect(error?.description.contains("binary data") == true)
  }
}
