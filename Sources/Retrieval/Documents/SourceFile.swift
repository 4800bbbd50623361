/// A document found at its source, not read yet.
public struct SourceFile: Sendable, Hashable {
  /// Identity of the document in the corpus: an absolute path, `/a/book.zip!/ch1.md` for a member of an
  /// archive, or a URL.
  public var source: String
  /// Short form for people: the path from the folder that was added, that folder's name included.
  public var name: String
  /// Size in bytes, if known before reading.
  public var size: Int?
  /// Last change in nanoseconds since 1970, if known.
  public var modified: Int64?

  public init(source: String, name: String, size: Int? = nil, modified: Int64? = nil) {
    self.source = source
    self.name = name
    self.size = size
    self.modified = modified
  }
}

extension SourceFile {
  /// The file on disk that holds a source: the archive of a member, otherwise the source itself.
  static func container(of source: String) -> String {
    source.firstRange(of: "!/").map { String(source[..<$0.lowerBound]) } ?? source
  }
}
