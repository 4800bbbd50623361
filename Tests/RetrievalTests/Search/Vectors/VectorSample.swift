import Models
import TestSupport

@testable import Retrieval

/// Vectors to search in tests, of several kinds, kind and unkind to codes.
enum VectorSample: String, CaseIterable, Sendable {
  /// Unit vectors around centres.
  case clustered
  /// The same, all on one side of the origin, as some models give them.
  case shifted
  /// Random directions: nothing is near anything.
  case random
  /// Copies of few vectors that differ in the fourth digit.
  case nearDuplicates
  /// One vector again and again.
  case constant
  /// Zeros, and vectors with a single value.
  case sparse

  func vectors(_ count: Int, dimensions: Int, seed: UInt64 = 1) -> EmbeddingMatrix {
    var random = SeededGenerator(seed)
    var shared = SeededGenerator(99)
    let centers = (0..<(self == .constant ? 1 : 40)).map { _ in Self.direction(dimensions, &shared) }
    let shift = Self.direction(dimensions, &shared)
    var matrix = EmbeddingMatrix(dimensions: dimensions)
    for row in 0..<count {
      var vector = [Float](repeating: 0, count: dimensions)
      if self == .sparse {
        if row % 3 > 0 {
          vector[Int.random(in: 0..<dimensions, using: &random)] = row % 3 == 1 ? 1 : -0.5
        }
        matrix.append(vector)
        continue
      }
      let center = centers[Int.random(in: 0..<centers.count, using: &random)]
      let noise = Self.direction(dimensions, &random)
      let (from, amount): (Float, Float) =
        switch self {
        case .clustered, .shifted: (1, 0.6)
        case .random: (0, 1)
        case .nearDuplicates: (1, 0.0005)
        case .constant, .sparse: (1, 0)
        }
      for column in 0..<dimensions {
        vector[column] = from * center[column] + amount * noise[column]
        if self == .shifted { vector[column] += 2 * shift[column] }
      }
      matrix.append(Self.unit(vector))
    }
    return matrix
  }

  private static func direction(_ dimensions: Int, _ random: inout SeededGenerator) -> [Float] {
    unit(
      [Float](unsafeUninitializedCapacity: dimensions) { values, count in
        for column in 0..<dimensions {
          // The sum of four 16-bit numbers: near enough to normal.
          let bits = random.next()
          let sum = (bits & 0xFFFF) &+ (bits >> 16 & 0xFFFF) &+ (bits >> 32 & 0xFFFF) &+ (bits >> 48)
          values[column] = Float(sum) - 131_070
        }
        count = dimensions
      })
  }

  private static func unit(_ vector: [Float]) -> [Float] {
    let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return length > 0 ? vector.map { $0 / length } : vector
  }
}

extension DenseIndex {
  /// An index of the rows of `vectors`: row i is chunk i of document i / 10, and row i of the embeddings.
  /// Two parts are filled as if two threads had read them.
  static func of(_ vectors: EmbeddingMatrix, options: Options = Options(), width: Int = 2, parts: Int = 1)
    -> DenseIndex
  {
    let sample = stride(from: 0, to: vectors.count, by: max(1, vectors.count / 100)).map {
      Array(vectors[$0])
    }
    let builder = IndexBuilder(
      dimensions: vectors.dimensions, capacity: vectors.count, sample: sample, options: options,
      pool: ScanPool(width: width))
    let split = vectors.count * 2 / 3
    let parts = (0..<parts).map { _ in IndexBuilder.Part(of: builder) }
    for row in 0..<vectors.count {
      vectors[row].withUnsafeBytes {
        parts[row < split ? 0 : parts.count - 1].append(
          chunk: row, document: row / 10, embedding: row, vector: $0)
      }
    }
    let position = CorpusPosition(generation: 1, model: 1, change: 0)
    return builder.index(of: parts, at: position, missing: []) { rows in
      Dictionary(uniqueKeysWithValues: rows.map { ($0, Array(vectors[$0])) })
    }
  }
}

extension EmbeddingMatrix {
  /// Inner products of a vector and all rows, summed in double precision.
  func products(_ query: ArraySlice<Float>) -> [Double] {
    values.withUnsafeBufferPointer { values in
      query.withUnsafeBufferPointer { query in
        (0..<count).map { row in
          var sum = 0.0
          for column in 0..<dimensions {
            sum += Double(values[row * dimensions + column]) * Double(query[column])
          }
          return sum
        }
      }
    }
  }
}
