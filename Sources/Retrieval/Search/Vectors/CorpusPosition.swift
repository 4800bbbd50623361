/// A state of a corpus as an index of its vectors sees it.
struct CorpusPosition: Sendable, Equatable {
  var generation: Int
  /// Row of the table `models`; nil for a corpus without one.
  var model: Int?
  /// Last row of the table `chunk_changes`.
  var change: Int
}
