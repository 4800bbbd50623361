/// Where the vectors of a large corpus are held.
public enum VectorMemory: String, Sendable, Codable, CaseIterable {
  /// Codes and float32 vectors in memory, about 1.2 times the float32 vectors: the fastest.
  case full
  /// Codes in memory, about a sixth of the float32 vectors, which are read from the corpus file to score what
  /// is returned.
  case compact
}
