/// Vectors of a text's tokens, made small: a few bytes keep what tells near tokens from far ones.
public struct TokenSketch: Sendable, Equatable {
  /// Most values that are kept of a token's vector.
  public static let dimensions = 192

  /// The tokens in the model's numbering, special ones left out.
  public let ids: [Int32]
  /// Values kept of each token.
  let columns: Int
  /// `ids.count` x `columns` values, row-major, each row in steps of its own.
  let levels: [Int8]
  /// The step of each row, so that rows have length 1.
  let steps: [Float]

  /// Bytes that it takes.
  public var byteCount: Int { ids.count * 8 + levels.count }

  /// - Parameter values: one row for each token.
  public init(ids: [Int32], values: [Float]) {
    self.ids = ids
    let width = ids.isEmpty ? 0 : values.count / ids.count
    columns = min(width, Self.dimensions)
    var levels: [Int8] = []
    var steps: [Float] = []
    levels.reserveCapacity(ids.count * columns)
    var row = [Float](repeating: 0, count: columns)
    let signs = (0..<(columns < width ? width : 0)).map { Self.isNegative($0) ? Float(-1) : 1 }
    for token in ids.indices {
      let first = token * width
      if columns == width {
        for column in row.indices { row[column] = values[first + column] }
      } else {
        // Values share places with random signs, which leaves scalar products right on average (Charikar, Chen and
        // Farach-Colton, "Finding frequent items in data streams", ICALP 2002).
        for column in row.indices { row[column] = 0 }
        for place in 0..<width { row[place % columns] += values[first + place] * signs[place] }
      }
      let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
      let largest = row.reduce(0) { max($0, abs($1)) }
      let step = largest / 127
      for value in row { levels.append(step > 0 ? Int8((value / step).rounded()) : 0) }
      steps.append(length > 0 ? step / length : 0)
    }
    self.levels = levels
    self.steps = steps
  }

  /// A fixed coin for each place: the lowest bit of SplitMix64.
  private static func isNegative(_ place: Int) -> Bool {
    var bits = UInt64(place + 1) &* 0x9e37_79b9_7f4a_7c15
    bits = (bits ^ bits >> 30) &* 0xbf58_476d_1ce4_e5b9
    bits = (bits ^ bits >> 27) &* 0x94d0_49bb_1331_11eb
    return (bits ^ bits >> 31) & 1 == 1
  }
}
