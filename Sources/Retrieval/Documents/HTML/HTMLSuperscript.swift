/// Keeps `10<sup>6</sup>` from becoming 106.
enum HTMLSuperscript {
  /// Whether a raised text is an exponent: a number or a variable after a letter, a digit or a bracket, but not the end of an
  /// ordinal number.
  static func isExponent(_ text: ArraySlice<UInt8>, after line: [UInt8]) -> Bool {
    guard let first = text.first, text.count <= 12, let last = line.last,
      last.isASCIIAlphanumeric || last == UInt8(ascii: ")")
    else { return false }
    let isNumber = first.isASCIIDigit || first == UInt8(ascii: "-") || first == UInt8(ascii: "+")
    let isVariable = text.count == 1 && first.isASCIILetter && !"aeo".utf8.contains(first)
    return isNumber || isVariable
  }
}
