/// The numbers in square brackets that a chat model has put into its answer.
struct CitationMarks: Equatable {
  /// The answer with marks renumbered from 1 in order of appearance; marks that name no source are removed.
  let text: String
  /// Index of the source of each number.
  let sources: [Int]

  init(_ answer: String, sources count: Int) {
    var filter = CitationFilter(sources: count)
    text = filter.add(answer) + filter.finish()
    sources = filter.sources
  }
}
