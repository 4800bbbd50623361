/// Why a document could not be read. The text names what is wrong and what to do, not the document:
/// whoever reports it puts the source before it.
public struct DocumentError: Error, Sendable, Equatable, CustomStringConvertible {
  public enum Code: String, Sendable {
    case unreadable, empty, tooLarge, encrypted, damaged, unsupported, archiveBomb, nestedArchive, timedOut,
      missingTool, symlinkLoop
    /// Its chunks have to be described by a model, which could not be done.
    case undescribed
    /// A page that only leads to another.
    case redirect
  }

  public let code: Code
  public let description: String

  public init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }
}
