internal import CXML2

/// Character references in text that does not go through libxml2's parser.
enum HTMLEntities {
  static func decoded(_ text: ArraySlice<UInt8>) -> [UInt8] {
    guard text.contains(UInt8(ascii: "&")) else { return Array(text) }
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var index = text.startIndex
    while index < text.endIndex {
      if text[index] == UInt8(ascii: "&"), let (scalar, end) = reference(in: text, at: index) {
        result.append(contentsOf: String(Character(scalar)).utf8)
        index = end
      } else {
        result.append(text[index])
        index += 1
      }
    }
    return result
  }

  /// The scalar that a reference such as `&amp;` or `&#x2014;` stands for, and the index after it.
  private static func reference(in text: ArraySlice<UInt8>, at index: Int) -> (Unicode.Scalar, Int)? {
    guard let end = text[index...].prefix(34).firstIndex(of: UInt8(ascii: ";")) else { return nil }
    let body = text[(index + 1)..<end]
    if body.first == UInt8(ascii: "#") {
      let digits = body.dropFirst()
      let isHexadecimal = digits.first == UInt8(ascii: "x") || digits.first == UInt8(ascii: "X")
      let value = UInt32((isHexadecimal ? digits.dropFirst() : digits).string, radix: isHexadecimal ? 16 : 10)
      guard let value, value >= 32, let scalar = Unicode.Scalar(value) else { return nil }
      return (scalar, end + 1)
    }
    guard !body.isEmpty, body.allSatisfy(\.isASCIIAlphanumeric) else { return nil }
    if body.elementsEqual("apos".utf8) { return ("'", end + 1) }
    guard let entity = htmlEntityLookup(body.string), let scalar = Unicode.Scalar(entity.pointee.value) else {
      return nil
    }
    return (scalar, end + 1)
  }
}
