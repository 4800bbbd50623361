import Commands
import Retrieval

/// A name that no document of the corpus has, and the one that may be meant.
struct MissingDocument: Error, CustomStringConvertible {
  let description: String

  /// - Parameter error: what the corpus says.
  init(_ name: String, _ error: CorpusError, in corpus: any CorpusStore) async throws {
    let names = Array(Set(try await corpus.documents(matching: SearchFilter()).map(\.name)))
    let suggestion = Self.meant(name, among: names).map { " Did you mean '\(TerminalText.clean($0))'?" }
    description = error.description + (suggestion ?? "")
  }

  /// The only document in whatever folder whose file has the name's, else the one that is spelt most like it.
  static func meant(_ name: String, among names: [String]) -> String? {
    func file(_ path: String) -> Substring { path.split(separator: "/").last ?? "" }
    let files = names.filter { file($0) == file(name) }
    return files.count == 1 ? files.first : NearestName.of(name, among: names)
  }
}
