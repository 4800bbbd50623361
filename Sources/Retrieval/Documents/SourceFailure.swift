/// A source that could not be read, beside others that could.
public struct SourceFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// Identity as in `SourceFile.source`.
  public var source: String
  /// Short form as in `SourceFile.name`.
  public var name: String
  public var error: DocumentError

  public init(source: String, name: String, error: DocumentError) {
    self.source = source
    self.name = name
    self.error = error
  }

  public var description: String { "\(name): \(error)" }
}
