internal import CTransformerKernels

/// Which characters belong to the grapheme cluster of their neighbours (UAX #29), from generated tables.
///
/// The rules for Hangul, flags, emoji and Indic conjuncts are left out: clusters that they make have six bytes or more,
/// and are then taken character by character all the same.
final class ClusterClasses: @unchecked Sendable {  // Sendable: the classes are never written after `init`.
  enum Class: UInt8 {
    case other
    /// Goes with what stands before it.
    case extending
    /// What stands after goes with it.
    case prepended
    /// Stands alone.
    case control
  }

  static let shared = ClusterClasses()

  private static let tableSize: UInt32 = 0x20000
  private let classes: UnsafeMutablePointer<Class>

  private init() {
    classes = .allocate(capacity: Int(Self.tableSize))
    classes.initialize(repeating: .other, count: Int(Self.tableSize))
    for (ranges, value) in Self.tables {
      for range in ranges where range.first < Self.tableSize {
        for code in range.first...min(range.last, Self.tableSize - 1) { classes[Int(code)] = value }
      }
    }
  }

  deinit { classes.deallocate() }

  subscript(code: UInt32) -> Class {
    if code < Self.tableSize { return classes[Int(code)] }
    // Above there are only tags and variation selectors.
    guard code >= 0xE0000 else { return .other }
    return Self.tables.first { ranges, _ in ranges.contains { $0.first...$0.last ~= code } }?.1 ?? .other
  }

  private static var tables: [(UnsafeBufferPointer<fn_range>, Class)] {
    func list(_ table: (UnsafeMutablePointer<Int>) -> UnsafePointer<fn_range>?) -> UnsafeBufferPointer<
      fn_range
    > {
      var count = 0
      let start = table(&count)
      return UnsafeBufferPointer(start: start, count: count)
    }
    return [
      (list(fn_extending_ranges), .extending), (list(fn_prepended_ranges), .prepended),
      (list(fn_control_ranges), .control),
    ]
  }
}
