/// Decimal notation as people type it: digits with at most one point, no exponent, no `inf` or `nan`.
enum Decimal {
  static func value(_ text: String) -> Double? {
    let digits = text.utf8.first == UInt8(ascii: "-") ? text.dropFirst() : text[...]
    var points = 0
    for byte in digits.utf8 {
      if byte == UInt8(ascii: ".") {
        points += 1
      } else if !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
        return nil
      }
    }
    guard points <= 1, digits.utf8.count > points else { return nil }
    return Double(text.hasSuffix(".") ? "\(text)0" : text)
  }
}
