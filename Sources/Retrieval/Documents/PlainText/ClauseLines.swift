/// Lines that begin with the number of a clause, as in contracts and standards: `4.2 The deposit is returned …`.
enum ClauseLines {
  /// The number before a clause as its parts, at least two: `4.2` is 4 and 2. Nil for any other line.
  static func number(_ line: ArraySlice<UInt8>) -> [Int]? {
    let line = line.trimmedSpace
    let number = line.prefix { $0.isASCIIDigit || $0 == UInt8(ascii: ".") }
    var digits = number.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    if digits.last?.isEmpty == true { digits.removeLast() }
    guard (2...5).contains(digits.count), digits.allSatisfy({ (1...3).contains($0.count) }) else {
      return nil
    }
    let rest = line[number.endIndex...]
    guard rest.first?.isASCIISpace == true, let first = rest.trimmedSpace.first,
      first.isASCIIUppercase || first >= 0x80 || "\"'(".utf8.contains(first)
    else { return nil }
    let parts = digits.compactMap { Int($0.string) }
    return parts.count == digits.count ? parts : nil
  }

  /// The lines of a run that begin clauses of one chapter in their order; none if there are not two.
  static func starts(in run: Range<Int>, of lines: TextLines) -> [Int] {
    var starts: [Int] = []
    var last: [Int] = []
    for line in run {
      guard let number = number(lines[line]) else { continue }
      guard starts.isEmpty || number.first == last.first && last.lexicographicallyPrecedes(number) else {
        return []
      }
      starts.append(line)
      last = number
    }
    return starts.count > 1 ? starts : []
  }
}
