import Commands
import Retrieval

/// `ingest eval compare`: whether two settings differ.
enum CompareCommand {
  static let first = Argument("A", .path, "File that 'ingest eval --per-query' wrote with one setting.")
  static let second = Argument("B", .path, "The same with another setting.")

  static let command = Command(
    "compare", "Compare two runs of 'ingest eval' query by query.",
    discussion:
      "Prints the mean nDCG@10 of both for each mode, and the p-value of a paired randomisation test.",
    parameters: [first, second],
    run: run)

  static func run(_ invocation: Invocation) async throws -> ExitCode {
    let one = try PerQueryFile(contentsOf: invocation[first])
    let two = try PerQueryFile(contentsOf: invocation[second])
    var table = TextTable([
      TextTable.Column("MODE"), TextTable.Column("QUERIES", .trailing), TextTable.Column("A", .trailing),
      TextTable.Column("B", .trailing), TextTable.Column("B - A", .trailing),
      TextTable.Column("p", .trailing),
    ])
    for mode in Set(one.lines.map(\.mode)).intersection(two.lines.map(\.mode)).sorted() {
      let other = Dictionary(
        two.lines.filter { $0.mode == mode }.map { ($0.query, $0.ndcg10) }, uniquingKeysWith: { $1 })
      let pairs = one.lines.filter { $0.mode == mode }.compactMap { line in
        other[line.query].map { (line.ndcg10, $0) }
      }
      guard !pairs.isEmpty else { continue }
      let count = Double(pairs.count)
      let means = (pairs.reduce(0) { $0 + $1.0 } / count, pairs.reduce(0) { $0 + $1.1 } / count)
      let significance = Resampling.significance(pairs.map(\.0), pairs.map(\.1))
      table.add([
        mode, String(pairs.count), HumanText.fixed(means.0, digits: 4), HumanText.fixed(means.1, digits: 4),
        HumanText.fixed(means.1 - means.0, digits: 4), HumanText.fixed(significance, digits: 4),
      ])
    }
    guard !table.isEmpty else { throw UsageError("The two files have no mode and query in common.") }
    try invocation.output.write(table.text(width: invocation.output.terminalWidth()))
    return .success
  }
}
