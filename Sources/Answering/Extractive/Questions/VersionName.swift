/// A version as texts write it, with all that tells it from its neighbours: `5.2.15-2`, `3.0.0-rc.1`, `1.1.1k`.
struct VersionName: Sendable, Hashable {
  /// Two numbers or more with dots between them.
  let number: String
  /// What follows it without a space, in lower case; empty for most.
  let suffix: String

  var text: String { number + suffix }

  /// Numbers before and between its dots.
  var parts: Int { number.split(separator: ".").count }

  /// Whether it is surely no decimal number: `5.2.15`.
  var isCertain: Bool { parts > 2 }

  /// Whether `other` is this version, or a revision or a build of it, which packagers and build systems add behind it:
  /// `5.2.15-2` is one of `5.2.15`, and `5.2.15~rc1` is none.
  func holds(_ other: VersionName) -> Bool {
    number == other.number && holdsSuffix(of: other)
  }

  /// Whether `other` is also one of the releases whose number begins with this one: `5.2.15` is one of `5.2`.
  func isBegun(by other: VersionName) -> Bool {
    holds(other) || suffix.isEmpty && other.number.hasPrefix(number + ".")
  }

  private func holdsSuffix(of other: VersionName) -> Bool {
    guard other.suffix.hasPrefix(suffix) else { return false }
    let rest = other.suffix.dropFirst(suffix.count)
    guard let sign = rest.first else { return true }
    return sign == "+" || sign == "-" && rest.dropFirst().first?.isNumber == true
  }

  /// The versions of a text in their order.
  static func all(in text: String) -> [VersionName] {
    let utf8 = Array(text.utf8)
    guard utf8.contains(UInt8(ascii: ".")) else { return [] }
    var versions: [VersionName] = []
    var index = 0
    while index < utf8.count {
      guard isAlphanumeric(utf8[index]) else {
        index += 1
        continue
      }
      let start = index
      // The `v` before a version is no part of it.
      if utf8[index] | 0x20 == UInt8(ascii: "v"), index + 1 < utf8.count, isDigit(utf8[index + 1]) {
        index += 1
      }
      let first = index
      while index < utf8.count,
        isDigit(utf8[index])
          || utf8[index] == UInt8(ascii: ".") && index > first && index + 1 < utf8.count
            && isDigit(utf8[index + 1])
      {
        index += 1
      }
      let number = first..<index
      while index < utf8.count, isAlphanumeric(utf8[index]) || joins(utf8, index, after: number) {
        index += 1
      }
      if index == start { index += 1 }
      guard utf8[number].contains(UInt8(ascii: ".")) else { continue }
      versions.append(
        VersionName(
          number: String(decoding: utf8[number], as: UTF8.self),
          suffix: String(decoding: utf8[number.upperBound..<index], as: UTF8.self).lowercased()))
    }
    return versions
  }

  /// Whether a sign stands within a version: behind its number, with a letter or a digit on both sides.
  private static func joins(_ utf8: [UInt8], _ index: Int, after number: Range<Int>) -> Bool {
    guard index + 1 < utf8.count, utf8[number].contains(UInt8(ascii: ".")),
      isAlphanumeric(utf8[index - 1]), isAlphanumeric(utf8[index + 1])
    else { return false }
    if utf8[index] == UInt8(ascii: ".") { return index > number.upperBound }
    guard "-+~".utf8.contains(utf8[index]) else { return false }
    // What follows may be a version of its own: "3.2.2-3.2.7".
    let next = utf8[(index + 1)...].prefix { isDigit($0) || $0 == UInt8(ascii: ".") }
    return next.split(separator: UInt8(ascii: ".")).count <= 2
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    isDigit(byte) || (0x61...0x7A).contains(byte | 0x20) || byte >= 0x80
  }
}
