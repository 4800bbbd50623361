/// Tells text from binary data by its first bytes.
enum TextSniffer {
  /// How many bytes are looked at.
  static let length = 1 << 13

  /// Whether the bytes are text in UTF-8, an eight-bit encoding, or UTF-16 or 32: hardly any NUL apart from
  /// those, or other control character. Nothing at all is text.
  static func isText(_ bytes: some Collection<UInt8>) -> Bool {
    let head = Array(bytes.prefix(length))
    if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF])
      || head.starts(with: [0, 0, 0xFE, 0xFF])
    {
      return true
    }
    let zeros = head.lazy.filter { $0 == 0 }.count
    if zeros > 0, isWide(head, zeros: zeros) { return true }
    // Tab, line feed, form feed, carriage return, backspace and escape occur in texts.
    let controls = head.lazy.filter { ($0 < 0x20 && ![8, 9, 10, 12, 13, 27].contains($0)) || $0 == 0x7F }
      .count
    return controls <= 1 || controls * 50 <= head.count
  }

  /// UTF-16 without a mark: Latin text has a zero in nearly every unit, always on the same side.
  private static func isWide(_ head: [UInt8], zeros: Int) -> Bool {
    let odd = head.indices.lazy.filter { $0 % 2 == 1 && head[$0] == 0 }.count
    return max(odd, zeros - odd) * 10 > head.count * 4 && min(odd, zeros - odd) * 100 < head.count
  }
}
