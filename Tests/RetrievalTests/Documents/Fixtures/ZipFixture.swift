/// Writes zip archives, sound and unsound ones.
struct ZipFixture {
  private var body: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  init() {}

  init(_ members: KeyValuePairs<String, String>) {
    for (name, text) in members { add(name, Array(text.utf8)) }
  }

  /// Adds a stored member.
  mutating func add(_ name: String, _ content: [UInt8], isEncrypted: Bool = false, declaredSize: Int? = nil) {
    let flags: UInt16 = (isEncrypted ? 1 : 0) | (name.utf8.allSatisfy { $0 < 0x80 } ? 0 : 1 << 11)
    add(
      Array(name.utf8), packed: content, crc: Self.crc(content), size: declaredSize ?? content.count,
      method: 0,
      flags: flags)
  }

  /// Adds a member with a name of raw bytes.
  mutating func add(rawName: [UInt8], _ content: [UInt8]) {
    add(rawName, packed: content, crc: Self.crc(content), size: content.count, method: 0, flags: 0)
  }

  /// Adds a deflated member of `count` zeros, 258 of them in 13 bits.
  mutating func addZeros(_ name: String, count: Int, declaredSize: Int? = nil) {
    var writer = BitWriter()
    writer.add(1, bits: 1)
    writer.add(1, bits: 2)
    writer.addCode(0b0011_0000, bits: 8)
    var left = count - 1
    while left >= 258 {
      writer.addCode(0b1100_0101, bits: 8)
      writer.addCode(0, bits: 5)
      left -= 258
    }
    for _ in 0..<left { writer.addCode(0b0011_0000, bits: 8) }
    writer.addCode(0, bits: 7)
    let crc = Self.crc([UInt8](repeating: 0, count: count))
    add(Array(name.utf8), packed: writer.bytes, crc: crc, size: declaredSize ?? count, method: 8, flags: 0)
  }

  /// The archive with its central directory (APPNOTE.TXT, section 4.3).
  var bytes: [UInt8] {
    var end: [UInt8] = [0x50, 0x4B, 5, 6, 0, 0, 0, 0]
    end += Self.little(UInt16(truncatingIfNeeded: count)) + Self.little(UInt16(truncatingIfNeeded: count))
    end += Self.little(UInt32(directory.count)) + Self.little(UInt32(body.count)) + [0, 0]
    return body + directory + end
  }

  private mutating func add(
    _ name: [UInt8], packed: [UInt8], crc: UInt32, size: Int, method: UInt16, flags: UInt16
  ) {
    var common = Self.little(UInt16(20)) + Self.little(flags) + Self.little(method)
    common += Self.little(UInt16(0)) + Self.little(UInt16(0x5821))
    common += Self.little(crc) + Self.little(UInt32(packed.count)) + Self.little(UInt32(size))
    common += Self.little(UInt16(name.count)) + [0, 0]
    directory += [0x50, 0x4B, 1, 2, 20, 3] + common + [0, 0, 0, 0, 0, 0]
    directory += Self.little(UInt32(0o100644) << 16) + Self.little(UInt32(body.count)) + name
    body += [0x50, 0x4B, 3, 4] + common + name + packed
    count += 1
  }

  private static func little(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
  }

  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ value >> 1 : value >> 1 }
  }

  private static func crc(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~UInt32(0)) { table[Int(($0 ^ UInt32($1)) & 0xFF)] ^ $0 >> 8 }
  }
}

/// Packs bits as deflate does (RFC 1951, section 3.1.1).
private struct BitWriter {
  private(set) var bytes: [UInt8] = []
  private var used = 8

  /// A number, its lowest bit first.
  mutating func add(_ value: Int, bits: Int) {
    for bit in 0..<bits { add(value >> bit & 1 == 1) }
  }

  /// A Huffman code, its highest bit first.
  mutating func addCode(_ code: Int, bits: Int) {
    for bit in (0..<bits).reversed() { add(code >> bit & 1 == 1) }
  }

  private mutating func add(_ bit: Bool) {
    if used == 8 {
      bytes.append(0)
      used = 0
    }
    if bit { bytes[bytes.count - 1] |= 1 << UInt8(used) }
    used += 1
  }
}
