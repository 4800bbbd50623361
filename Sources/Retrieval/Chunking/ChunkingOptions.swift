/// How large chunks are, in tokens of the embedding model.
public struct ChunkingOptions: Sendable, Hashable, Codable {
  /// Size that chunks aim at, header included.
  public var target: Int
  /// Most tokens that the end of one chunk repeats at the start of the next in the same section.
  public var overlap: Int
  /// Sections smaller than this are joined with the next one under the same top-level section.
  public var minimum: Int
  /// Tokens of the model's window that chunks leave free.
  public var reserve = 0

  public init(target: Int = 220, overlap: Int = 32, minimum: Int = 48) {
    self.target = max(16, target)
    self.overlap = max(0, min(overlap, target / 2))
    self.minimum = max(0, min(minimum, target / 2))
  }

  /// What the recipe of a document says; nil for one that never was cut.
  init?(recipe: String) {
    let numbers = recipe.split(separator: ";").prefix(4).compactMap { Int($0) }
    guard numbers.count == 4 else { return nil }
    self.init(target: numbers[1], overlap: numbers[2], minimum: numbers[3])
  }
}
