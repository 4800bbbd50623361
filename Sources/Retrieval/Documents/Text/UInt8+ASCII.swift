/// Tests on single bytes of UTF-8 text; every byte of a scalar beyond ASCII answers false.
extension UInt8 {
  static let lineFeed: UInt8 = 0x0A
  static let space: UInt8 = 0x20

  /// Space, tab, line feed, vertical tab, form feed or carriage return.
  var isASCIISpace: Bool { self == 0x20 || (self >= 0x09 && self <= 0x0D) }
  var isASCIIDigit: Bool { self >= 0x30 && self <= 0x39 }
  var isASCIIUppercase: Bool { self >= 0x41 && self <= 0x5A }
  var isASCIILetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }
  var isASCIIAlphanumeric: Bool { isASCIIDigit || isASCIILetter }
  var isASCIIPunctuation: Bool { self > 0x20 && self < 0x7F && !isASCIIAlphanumeric }
  /// Not the first byte of a UTF-8 sequence.
  var isContinuation: Bool { self & 0xC0 == 0x80 }
  var asciiLowercased: UInt8 { isASCIIUppercase ? self | 0x20 : self }
}

extension Collection<UInt8> {
  var isBlank: Bool { allSatisfy(\.isASCIISpace) }

  /// The bytes as text; damage becomes U+FFFD.
  var string: String { String(decoding: self, as: UTF8.self) }

  /// The bytes as text with ASCII letters in lower case.
  var lowercasedString: String {
    String(unsafeUninitializedCapacity: count) { buffer in
      _ = buffer.initialize(from: lazy.map(\.asciiLowercased))
      return count
    }
  }

  func starts(with ascii: StaticString) -> Bool {
    guard count >= ascii.utf8CodeUnitCount else { return false }
    var index = startIndex
    for offset in 0..<ascii.utf8CodeUnitCount {
      if self[index] != ascii.utf8Start[offset] { return false }
      formIndex(after: &index)
    }
    return true
  }
}

extension BidirectionalCollection<UInt8> where SubSequence: BidirectionalCollection<UInt8> {
  /// Without ASCII white space at either end.
  var trimmedSpace: SubSequence {
    var part = self[...]
    while let first = part.first, first.isASCIISpace { part = part.dropFirst() }
    while let last = part.last, last.isASCIISpace { part = part.dropLast() }
    return part
  }
}
