import Commands
import HTTPServer
import Retrieval

/// A source that no document has, and those that may be meant. Documents are removed by their whole source alone: a name
/// may be that of another document tomorrow.
struct UnknownSource {
  /// Sources that are named.
  private static let most = 3

  let httpError: HTTPError

  /// - Parameter documents: those that could have been meant.
  init(_ source: String, among documents: [StoredDocument]) {
    let meant = Self.meant(source, among: documents)
    var hint =
      meant.isEmpty
      ? "" : "Did you mean \(meant.prefix(Self.most).map { "'\($0)'" }.joined(separator: " or "))"
    if meant.count > Self.most { hint += " or one of \(meant.count - Self.most) more" }
    if !hint.isEmpty { hint += "? " }
    httpError = HTTPError.notFound(
      source.hasSuffix("/")
        ? "There is no document whose source begins with '\(source)'."
        : "There is no document whose source is '\(source)'.",
      hint: hint
        + "The source has to be given as a whole, or with '/' at its end for all documents below it; "
        + "GET /api/documents lists them.")
  }

  /// Sources whose file, or the end of whose path, has the name; else the one that is spelt most like it.
  private static func meant(_ source: String, among documents: [StoredDocument]) -> [String] {
    let name = source.split(separator: "/").joined(separator: "/").lowercased()
    let alike = documents.filter { document in
      [document.source, document.name].contains { text in
        let text = text.lowercased()
        return text == name || text.hasSuffix("/" + name)
          || source.hasSuffix("/") && text.contains("/\(name)/")
      }
    }
    if !alike.isEmpty { return Set(alike.map(\.source)).sorted() }
    if let nearest = NearestName.of(source, among: documents.map(\.source)) { return [nearest] }
    guard let nearest = NearestName.of(source, among: documents.map(\.name)) else { return [] }
    return documents.filter { $0.name == nearest }.map(\.source).prefix(1).map(\.self)
  }
}
