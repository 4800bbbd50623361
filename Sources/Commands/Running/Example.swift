/// A command line worth showing, and what it does.
public struct Example: Sendable, Equatable {
  public let text: String
  public let line: String

  public init(_ text: String, _ line: String) {
    self.text = text
    self.line = line
  }
}
