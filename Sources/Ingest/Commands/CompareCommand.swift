import Commands
import Retrieval

/// `ingest eval compare`: whether two settings differ.
enum CompareCommand {
  static let first = Argument("A", .path, "File that 'ingest eval --per-query' wrote with one setting.")
  static let second = Argument("B", .path, "The same with another setting.")
  static let measure = Option("measure", ValueType<Measure>.choice(), default: .ndcg10, "What is compared.")

  static let command = Command(
    "compare", "Compare two runs of 'ingest eval' query by query.",
    discussion: """
      Prints the means of both for each mode, their difference with its 95 % bootstrap interval, and the p-value of a \
      paired randomisation test.
      """,
    parameters: [first, second, measure, CorpusOptions.json],
    run: run)

  static func run(_ invocation: Invocation) async throws -> ExitCode {
    let one = try PerQueryFile(contentsOf: invocation[first])
    let two = try PerQueryFile(contentsOf: invocation[second])
    let measure = invocation[measure]
    var table = TextTable([
      TextTable.Column("MODE"), TextTable.Column("QUERIES", .trailing), TextTable.Column("A", .trailing),
      TextTable.Column("B", .trailing), TextTable.Column("B - A", .trailing), TextTable.Column("95 %"),
      TextTable.Column("p", .trailing),
    ])
    var comparisons: [String: PairedComparison] = [:]
    for mode in Set(one.lines.map(\.mode)).intersection(two.lines.map(\.mode)).sorted() {
      let other = Dictionary(
        two.lines.filter { $0.mode == mode }.map { ($0.query, $0.metrics[keyPath: measure.path]) },
        uniquingKeysWith: { $1 })
      let own = one.lines.filter { $0.mode == mode }
      let pairs = own.compactMap { line in
        other[line.query].map { ($0, line.metrics[keyPath: measure.path]) }
      }
      if pairs.count < max(own.count, other.count) {
        invocation.log.warning("Only \(pairs.count) queries of '\(mode)' are in both files.")
      }
      guard !pairs.isEmpty else { continue }
      let found = PairedComparison(invocation[second], invocation[first], measure: measure, pairs)
      comparisons[mode] = found
      table.add([
        mode, String(pairs.count), HumanText.fixed(found.secondMean, digits: 4),
        HumanText.fixed(found.firstMean, digits: 4), PairedComparison.signed(found.difference),
        PairedComparison.range(found.interval), HumanText.fixed(found.significance, digits: 4),
      ])
    }
    guard !table.isEmpty else { throw UsageError("The two files have no mode and query in common.") }
    if invocation[CorpusOptions.json] {
      try invocation.output.json(comparisons)
    } else {
      try invocation.output.write(table.text(width: invocation.output.terminalWidth()))
    }
    return .success
  }
}
