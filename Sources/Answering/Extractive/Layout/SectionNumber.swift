/// The number that a heading begins with, such as 2.3 of "2.3 Joining the club". Where a text keeps nothing of headings but
/// a line of their own, "2. Membership" looks like an item of a list, unless it follows "1. Name and aims".
struct SectionNumber: Equatable {
  /// At least one.
  private let parts: [Int]

  /// Nil for a line that does not begin with such a number.
  init?(_ line: some Sequence<UInt8>) {
    var parts: [Int] = []
    var digits = 0
    var value = 0
    for byte in line {
      if (0x30...0x39).contains(byte), digits < 3 {
        (digits, value) = (digits + 1, 10 * value + Int(byte - 0x30))
        continue
      }
      if digits > 0 { parts.append(value) }
      guard byte == UInt8(ascii: "."), digits > 0 else {
        guard byte == 0x20, !parts.isEmpty else { return nil }
        self.parts = parts
        return
      }
      (digits, value) = (0, 0)
    }
    return nil
  }

  /// Whether it is the next in order: 2.4, 3 or 2.3.1 after 2.3.
  func follows(_ other: SectionNumber) -> Bool {
    if parts == other.parts + [1] { return true }
    guard parts.count <= other.parts.count, let last = parts.last else { return false }
    return parts.dropLast().elementsEqual(other.parts.prefix(parts.count - 1))
      && last == other.parts[parts.count - 1] + 1
  }
}
