internal import COpenBLAS

/// Embeddings of several texts, one row each, stored without gaps: `count` x `dimensions`, row-major.
public struct EmbeddingMatrix: Sendable, Equatable {
  public let dimensions: Int
  /// `count * dimensions` values.
  public private(set) var values: [Float]

  public init(dimensions: Int, values: [Float] = []) {
    precondition(dimensions > 0 && values.count % dimensions == 0)
    self.dimensions = dimensions
    self.values = values
  }

  /// Rows in the matrix.
  public var count: Int { values.count / dimensions }

  public subscript(row: Int) -> ArraySlice<Float> {
    values[row * dimensions..<(row + 1) * dimensions]
  }

  /// Adds a row of `dimensions` values.
  public mutating func append(_ row: some Collection<Float>) {
    precondition(row.count == dimensions)
    values.append(contentsOf: row)
  }

  /// Adds the rows of a matrix with as many dimensions.
  public mutating func append(contentsOf other: EmbeddingMatrix) {
    precondition(other.dimensions == dimensions)
    values.append(contentsOf: other.values)
  }

  /// Adds `vector` to a row.
  public mutating func add(_ vector: some Collection<Float>, to row: Int) {
    precondition(vector.count == dimensions)
    for (column, value) in vector.enumerated() { values[row * dimensions + column] += value }
  }

  /// The matrices are small, and a second thread of the library would go on spinning after each product.
  static let useOneThread: Void = openblas_set_num_threads(1)

  /// The scalar product of each row with `vector`: cosines, where both have length 1.
  public func products(with vector: some Collection<Float>) -> [Float] {
    let vector = Array(vector)
    precondition(vector.count == dimensions)
    Self.useOneThread
    return [Float](unsafeUninitializedCapacity: count) { products, initialized in
      cblas_sgemv(
        CblasRowMajor, CblasNoTrans, blasint(count), blasint(dimensions), 1, values, blasint(dimensions),
        vector, 1,
        0, products.baseAddress, 1)
      initialized = count
    }
  }
}
