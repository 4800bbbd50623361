/// Lines that a printed manual sets in bold by writing every letter over itself: `N\u{8}NA\u{8}AM\u{8}ME\u{8}E`.
enum OverstruckLines {
  private static let backspace: UInt8 = 0x08

  /// Their numbers, from 0.
  static func numbers(in text: [UInt8]) -> Set<Int> {
    guard text.contains(backspace) else { return [] }
    let lines = text.split(separator: .lineFeed, omittingEmptySubsequences: false)
    return Set(lines.indices.filter { isBold(lines[$0]) })
  }

  private static func isBold(_ line: ArraySlice<UInt8>) -> Bool {
    var index = line.startIndex
    var letters = 0
    while index < line.endIndex {
      var end = index + 1
      while end < line.endIndex, line[end] & 0xC0 == 0x80 { end += 1 }
      let character = line[index..<end]
      var strikes = 0
      while end < line.endIndex, line[end] == backspace, line[(end + 1)...].starts(with: character) {
        end += 1 + character.count
        strikes += 1
      }
      if character.contains(where: { $0.isASCIIAlphanumeric || $0 >= 0x80 }) {
        guard strikes > 0 else { return false }
        letters += 1
      } else if character.first == backspace {
        return false
      }
      index = end
    }
    return letters > 0
  }
}
