/// The letters f, i and l that fonts draw as one.
enum Ligatures {
  private static let letters = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"]

  /// `text` with U+FB00 to U+FB06 as letters, so that a word is found however it was set.
  static func opened(_ text: String) -> String {
    // Their UTF-8 begins with the byte EF, which hardly any text has.
    guard text.utf8.contains(0xEF) else { return text }
    var opened = ""
    for scalar in text.unicodeScalars {
      if (0xFB00...0xFB06).contains(scalar.value) {
        opened += letters[Int(scalar.value) - 0xFB00]
      } else {
        opened.unicodeScalars.append(scalar)
      }
    }
    return opened
  }
}
