import SQLite

/// Which documents a search may find. Empty members let everything through; several values of one member
/// are alternatives, several members must all hold.
public struct SearchFilter: Sendable, Hashable, Codable {
  public var collections: [String]
  public var tags: [String]
  /// Start of the source or of its short name.
  public var sourcePrefix: String?

  public init(collections: [String] = [], tags: [String] = [], sourcePrefix: String? = nil) {
    self.collections = collections
    self.tags = tags
    self.sourcePrefix = sourcePrefix
  }

  public var isEmpty: Bool { collections.isEmpty && tags.isEmpty && (sourcePrefix ?? "").isEmpty }

  /// The filter as a condition on the table `documents`.
  var condition: (sql: String, values: [Value]) {
    var parts: [String] = []
    var values: [Value] = []
    func marks(_ count: Int) -> String { Array(repeating: "?", count: count).joined(separator: ", ") }
    if !collections.isEmpty {
      parts.append("collection IN (\(marks(collections.count)))")
      values += collections.map { .text($0) }
    }
    if !tags.isEmpty {
      parts.append("id IN (SELECT document_id FROM tags WHERE tag IN (\(marks(tags.count))))")
      values += tags.map { .text($0) }
    }
    if let prefix = sourcePrefix, !prefix.isEmpty {
      parts.append("(substr(source, 1, length(?)) = ? OR substr(name, 1, length(?)) = ?)")
      values += Array(repeating: .text(prefix), count: 4)
    }
    return (parts.isEmpty ? "1" : parts.joined(separator: " AND "), values)
  }
}
