import Commands

/// Where a passage stands, as a person says it; safe to show.
struct Place {
  let text: String

  init(_ document: String, _ headingPath: [String], page: Int?) {
    let parts =
      [document] + (headingPath.isEmpty ? [] : [headingPath.joined(separator: " > ")])
      + (page.map { ["page \($0)"] } ?? [])
    text = TerminalText.clean(parts.joined(separator: ", "))
  }
}
