/// The transfer encoding of mail that is mostly ASCII (RFC 2045, section 6.7).
enum QuotedPrintable {
  /// - Parameter spaces: whether an underscore is a space, as in header fields (RFC 2047, section 4.2).
  static func decoded(_ bytes: some Collection<UInt8>, spaces: Bool = false) -> [UInt8] {
    var rest = Array(bytes)[...]
    var result: [UInt8] = []
    result.reserveCapacity(rest.count)
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "_"), spaces {
        result.append(.space)
      } else if byte != UInt8(ascii: "=") {
        result.append(byte)
      } else if let high = rest.first.flatMap(digit), let low = rest.dropFirst().first.flatMap(digit) {
        result.append(high << 4 | low)
        rest = rest.dropFirst(2)
      } else {
        // A line that goes on in the next; anything else stands for itself.
        let line = rest.drop { $0 == .space || $0 == 0x09 || $0 == 0x0D }
        if line.first == .lineFeed { rest = line.dropFirst() } else { result.append(byte) }
      }
    }
    return result
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    default: nil
    }
  }
}
