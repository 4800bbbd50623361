import Commands
import Retrieval

/// What a run says of the documents of which text is missing, so that nobody takes all of it for searchable.
enum ReadInPart {
  /// Documents that are named; the rest is counted.
  private static let most = 6

  static func text(_ documents: [IndexingSummary.Incomplete]) -> String {
    var parts = documents.prefix(most).map { "\($0.name): \($0.missing.joined(separator: ", "))" }
    if documents.count > most { parts.append("and \(HumanText.count(documents.count - most)) more") }
    return "Read in part: \(HumanText.count(documents.count, "document")) (\(parts.joined(separator: "; ")))"
  }
}
