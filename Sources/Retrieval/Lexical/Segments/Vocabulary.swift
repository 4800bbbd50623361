/// Numbers the terms of a new segment in the order in which they first occur: an open hash table over one array of
/// bytes.
struct Vocabulary {
  private var bytes: [UInt8] = []
  /// End of each term in `bytes`.
  private var ends: [Int] = []
  private var hashes: [UInt32] = []
  /// Number of a term plus 1; 0 is free. The count is a power of two.
  private var table: [UInt32] = Array(repeating: 0, count: 1024)

  var count: Int { ends.count }

  /// The number of `term`, a new one if it is new.
  mutating func number(of term: UnsafeRawBufferPointer) -> Int {
    let hash = Self.hash(term)
    var place = Int(hash) & (table.count - 1)
    while table[place] != 0 {
      let number = Int(table[place]) - 1
      if hashes[number] == hash, equals(number, term) { return number }
      place = (place + 1) & (table.count - 1)
    }
    let number = ends.count
    bytes.append(contentsOf: term)
    ends.append(bytes.count)
    hashes.append(hash)
    table[place] = UInt32(number + 1)
    if 2 * ends.count > table.count { grow() }
    return number
  }

  private mutating func grow() {
    var larger = [UInt32](repeating: 0, count: 2 * table.count)
    for (number, hash) in hashes.enumerated() {
      var place = Int(hash) & (larger.count - 1)
      while larger[place] != 0 { place = (place + 1) & (larger.count - 1) }
      larger[place] = UInt32(number + 1)
    }
    table = larger
  }

  private func range(_ number: Int) -> Range<Int> { (number == 0 ? 0 : ends[number - 1])..<ends[number] }

  private func equals(_ number: Int, _ term: UnsafeRawBufferPointer) -> Bool {
    let range = range(number)
    guard range.count == term.count else { return false }
    return bytes.withUnsafeBytes {
      TermOrder.compare(UnsafeRawBufferPointer(rebasing: $0[range]), term) == 0
    }
  }

  /// FNV-1a with a last mixing, so that the low bits depend on all others.
  private static func hash(_ term: UnsafeRawBufferPointer) -> UInt32 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in term { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return UInt32(truncatingIfNeeded: hash ^ (hash >> 32))
  }

  /// Visits the terms in the order of their bytes.
  func forEachInOrder(_ body: (_ number: Int, _ term: UnsafeRawBufferPointer) -> Void) {
    bytes.withUnsafeBytes { bytes in
      func term(_ number: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: bytes[range(number)])
      }
      for number in (0..<count).sorted(by: { TermOrder.compare(term($0), term($1)) < 0 }) {
        body(number, term(number))
      }
    }
  }
}
