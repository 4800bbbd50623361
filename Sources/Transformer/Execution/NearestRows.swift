internal import CTransformerKernels

/// Rows of small integers whose largest products with the rows of other matrices are looked for.
public struct NearestRows: Sendable {
  /// Most columns.
  public static let columns = Int(FN_NEAREST_COLUMNS)

  private let rows: [Int16]
  private let columns: Int
  private let kernels: Kernels

  /// - Parameters:
  ///   - levels: row-major.
  ///   - columns: 1 to ``columns``.
  public init(_ levels: [Int8], columns: Int) {
    self.init(levels, columns: columns, kernels: .best)
  }

  init(_ levels: [Int8], columns: Int, kernels: Kernels) {
    precondition((1...Self.columns).contains(columns) && levels.count.isMultiple(of: columns))
    rows = levels.map(Int16.init)
    self.columns = columns
    self.kernels = kernels
  }

  /// For each row the largest scalar product with one of `others`, each times the step of that one; minus infinity where
  /// there are none.
  ///
  /// - Parameters:
  ///   - others: `steps.count` rows of as many columns.
  ///   - steps: not negative.
  public func nearest(in others: [Int8], steps: [Float]) -> [Float] {
    precondition(others.count == steps.count * columns)
    let count = rows.count / columns
    return [Float](unsafeUninitializedCapacity: count) { nearest, filled in
      if let start = nearest.baseAddress {
        fn_nearest(kernels.pointer, count, rows, steps.count, others, steps, columns, start)
      }
      filled = count
    }
  }
}
