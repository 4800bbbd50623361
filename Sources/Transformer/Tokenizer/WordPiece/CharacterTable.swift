internal import CTransformerKernels

/// What the BERT normalizer and pre-tokenizer do with each character, for one choice of options.
///
/// The classes come from generated tables (`wordpiece_tables.c`), not from the Unicode version of the Swift
/// runtime, so that token ids are the same everywhere.
final class CharacterTable: @unchecked Sendable {  // Sendable: the entries are never written after `init`.
  /// One character's treatment: flags above the 21 bits of the character that replaces it.
  struct Entry: Equatable {
    static let removed = Entry(bits: 1 << 21)
    static let space = Entry(bits: 1 << 22)
    static let ideograph = Entry(bits: 1 << 23)
    static let punctuation = Entry(bits: 1 << 24)
    /// Several characters replace it, or it is a mark that canonical order may move.
    static let special = Entry(bits: 1 << 25)
    private static let scalarMask: UInt32 = 1 << 21 - 1

    var bits: UInt32

    var scalar: UInt32 {
      get { bits & Self.scalarMask }
      set { bits = bits & ~Self.scalarMask | newValue }
    }

    func contains(_ flag: Entry) -> Bool { bits & flag.bits != 0 }
    mutating func insert(_ flag: Entry) { bits |= flag.bits }
  }

  /// Characters with an entry of their own; above them there are only ideographs, tags and private use.
  private static let tableSize: UInt32 = 0x20000
  private static let hangul: ClosedRange<UInt32> = 0xAC00...0xD7A3
  /// LATIN CAPITAL LETTER I WITH DOT ABOVE, the one character whose lower case is two.
  static let dottedI: UInt32 = 0x130

  let options: NormalizerOptions
  private let entries: UnsafeMutablePointer<Entry>

  init(options: NormalizerOptions) {
    self.options = options
    entries = .allocate(capacity: Int(Self.tableSize))
    for code in 0..<Self.tableSize { entries[Int(code)] = Entry(bits: code) }
    mark(fn_space_ranges, .space)
    mark(fn_punctuation_ranges, .punctuation)
    if options.lowercase {
      for shift in Self.list(fn_lowercase_shifts) where shift.last < Self.tableSize {
        for code in stride(from: shift.first, through: shift.last, by: Int(shift.step)) {
          entries[Int(code)].scalar = UInt32(Int32(code) + shift.delta)
        }
      }
      entries[Int(Self.dottedI)].insert(.special)
    }
    if options.stripAccents { decompose() }
    if options.handleChineseCharacters { mark(fn_ideograph_ranges, .ideograph) }
    if options.cleanText { mark(fn_removed_ranges, .removed) }
  }

  deinit { entries.deallocate() }

  /// The treatment of any scalar value.
  func entry(_ code: UInt32) -> Entry {
    code < Self.tableSize ? entries[Int(code)] : rareEntry(code)
  }

  /// The characters that replace a special one, before lower case.
  func replacement(of code: UInt32) -> [UInt32] {
    guard options.stripAccents else { return code == Self.dottedI ? [0x69, 0x307] : [code] }
    if Self.hangul.contains(code) {
      // The arithmetic of the Unicode Standard, section 3.12.
      let index = code - 0xAC00
      let tail = index % 28
      return [0x1100 + index / 588, 0x1161 + index % 588 / 28] + (tail > 0 ? [0x11A7 + tail] : [])
    }
    return Self.decomposition(of: code) ?? [code]
  }

  private func decompose() {
    for code in Self.hangul { entries[Int(code)].insert(.special) }
    for item in Self.list(fn_decompositions) where item.source < Self.tableSize {
      if item.target.1 == 0 {
        let replacement = entry(item.target.0)
        entries[Int(item.source)] = replacement
      } else {
        entries[Int(item.source)].insert(.special)
      }
    }
    mark(fn_mark_ranges, .removed)
    mark(fn_reordered_ranges, .special)
  }

  private func mark(_ ranges: (UnsafeMutablePointer<Int>) -> UnsafePointer<fn_range>?, _ flag: Entry) {
    for range in Self.list(ranges) where range.first < Self.tableSize {
      for code in range.first...min(range.last, Self.tableSize - 1) { entries[Int(code)].insert(flag) }
    }
  }

  private func rareEntry(_ code: UInt32) -> Entry {
    var entry = Entry(bits: code)
    if options.stripAccents {
      if let characters = Self.decomposition(of: code) {
        entry = characters.count == 1 ? self.entry(characters[0]) : Entry(bits: code | Entry.special.bits)
      }
      if Self.contains(fn_mark_ranges, code) { entry.insert(.removed) }
    }
    if options.handleChineseCharacters, Self.contains(fn_ideograph_ranges, code) { entry.insert(.ideograph) }
    if options.cleanText, Self.contains(fn_removed_ranges, code) { entry.insert(.removed) }
    return entry
  }

  private static func list<Item>(
    _ table: (UnsafeMutablePointer<Int>) -> UnsafePointer<Item>?
  ) -> UnsafeBufferPointer<Item> {
    var count = 0
    let start = table(&count)
    return UnsafeBufferPointer(start: start, count: count)
  }

  private static func contains(
    _ ranges: (UnsafeMutablePointer<Int>) -> UnsafePointer<fn_range>?, _ code: UInt32
  ) -> Bool {
    let ranges = list(ranges)
    let next = ranges.partitioningIndex { $0.first > code }
    return next > 0 && ranges[next - 1].last >= code
  }

  private static func decomposition(of code: UInt32) -> [UInt32]? {
    let items = list(fn_decompositions)
    let index = items.partitioningIndex { $0.source >= code }
    guard index < items.count, items[index].source == code else { return nil }
    let target = items[index].target
    return [target.0, target.1, target.2].filter { $0 != 0 }
  }
}

extension UnsafeBufferPointer {
  /// The first position whose element satisfies `predicate`, which must hold from there on.
  fileprivate func partitioningIndex(where predicate: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if predicate(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
