/// The state of a long task as one line of text.
struct ProgressLine: Sendable, Equatable {
  var title: String
  /// Plural: "chunks".
  var unit: String
  var done = 0
  /// Nil where nobody knows.
  var total: Int?
  var perSecond: Double?
  /// What is worked on now.
  var note = ""

  /// Between 0 and 100, never 100 before the end; nil without a total.
  var percent: Int? {
    guard let total, total > 0 else { return nil }
    if done >= total { return 100 }
    return min(99, Int((Double(max(0, done)) / Double(total) * 100).rounded(.down)))
  }

  /// At the present rate; nil where that cannot be said.
  var timeLeft: Duration? {
    guard let total, let perSecond, perSecond > 0, done < total else { return nil }
    let seconds = Double(total - done) / perSecond
    // Seconds are no use in an estimate of days, and none at all in one of years.
    return seconds < 8_640_000 ? .seconds(max(1, seconds.rounded(.up))) : nil
  }

  /// No wider than `width` columns: first the bar goes, then the note, then the end of the line.
  func text(width: Int) -> String {
    let fields = facts.joined(separator: "  ")
    let bar = width >= Self.widthForBar ? self.bar : ""
    var line = "\(TerminalText.clean(title)) \(bar)\(fields)"
    let room = width - line.displayWidth - 2
    if !note.isEmpty, room >= Self.shortestNote {
      line += "  " + TerminalText.clean(note).truncatedInMiddle(to: room)
    }
    return line.truncated(to: width)
  }

  /// Without bar and note, for logs: "Embedding: 1,204 of 5,000 chunks (24 %), 312/s, 12 s left".
  var plainText: String {
    var amount = HumanText.count(done)
    if let total { amount += " of \(HumanText.count(total))" }
    amount += " \(unit)"
    if let percent { amount += " (\(percent) %)" }
    return "\(title): " + ([amount] + pace).joined(separator: ", ")
  }

  private static let widthForBar = 70
  private static let shortestNote = 8
  private static let barLength = 20

  private var facts: [String] {
    var amount = HumanText.count(done)
    if let total { amount += "/\(HumanText.count(total))" }
    return ["\(amount) \(unit)"] + (percent.map { ["\($0)%"] } ?? []) + pace
  }

  private var pace: [String] {
    (perSecond.map { [HumanText.rate($0)] } ?? [])
      + (timeLeft.map { ["\(HumanText.wholeSeconds($0)) left"] } ?? [])
  }

  private var bar: String {
    guard let percent else { return "" }
    let filled = percent * Self.barLength / 100
    let head = filled < Self.barLength ? ">" : ""
    let body = String(repeating: "=", count: filled) + head
    return "[\(body.padded(to: Self.barLength))] "
  }
}
