import Retrieval
import Synchronization

/// Documents in memory: paragraphs separated by blank lines, `# ` before headings, ` | ` between cells, `!` at the start of one
/// that cannot be parsed, and `zip:` before the members of an archive.
final class MemorySource: DocumentLoader {
  private let contents: Mutex<[String: String]>

  init(_ contents: [String: String]) { self.contents = Mutex(contents) }

  subscript(source: String) -> String? {
    get { contents.withLock { $0[source] } }
    set { contents.withLock { $0[source] = newValue } }
  }

  /// Everything below `/memory/`, listed completely.
  var discovery: Discovery {
    Discovery(
      files: contents.withLock { $0.keys.sorted() }.filter { !$0.contains("!/") }.map {
        SourceFile(source: $0, name: String($0.dropFirst()))
      },
      roots: ["/memory/"])
  }

  func read(_ file: SourceFile) throws -> DocumentReader.Content {
    guard let content = self[file.source] else { throw DocumentError(.unreadable, "it is gone") }
    guard content.hasPrefix("zip:") else { return .document(Array(content.utf8)) }
    let members = content.dropFirst(4).split(separator: ",").map { member in
      SourceFile(source: "\(file.source)!/\(member)", name: "\(file.name)!/\(member)")
    }
    return .archive(members: members, failures: [])
  }

  func parse(_ bytes: [UInt8], name: String) throws -> ParsedDocument {
    if bytes.first == UInt8(ascii: "!") { throw DocumentError(.damaged, "it is damaged") }
    var builder = DocumentBuilder()
    for part in String(decoding: bytes, as: UTF8.self).split(separator: "\n\n") {
      if part.hasPrefix("# ") {
        builder.append(.heading(level: 1), part.dropFirst(2))
      } else if part.split(separator: "\n").allSatisfy({ $0.contains(" | ") }) {
        builder.append(.table, part)
      } else {
        builder.append(.paragraph, part)
      }
    }
    return builder.build()
  }
}
