/// A matrix whose rows different threads fill.
final class RowStore: @unchecked Sendable {
  // Sendable: each row is written by one thread, before all are read.
  private let storage: UnsafeMutableBufferPointer<Float>
  private let columns: Int

  init(rows: Int, columns: Int) {
    storage = .allocate(capacity: rows * columns)
    storage.initialize(repeating: 0)
    self.columns = columns
  }

  deinit { storage.deallocate() }

  func row(_ index: Int) -> UnsafeMutableBufferPointer<Float> {
    UnsafeMutableBufferPointer(rebasing: storage[index * columns..<(index + 1) * columns])
  }

  /// All rows, to be read when every writer has finished.
  var values: [Float] { Array(storage) }
}
