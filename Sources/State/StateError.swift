/// Why state could not be read or changed.
public struct StateError: Error, Sendable, Equatable, CustomStringConvertible {
  public enum Code: String, Sendable {
    /// The database cannot be opened, reached or written.
    case unavailable
    /// It was made by a newer version, or is something else.
    case incompatible
    /// The name is taken.
    case exists
    /// The conversation has been removed.
    case noConversation = "no_conversation"
  }

  public var code: Code
  /// What failed, on what, why, and the fix.
  public var message: String

  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  public var description: String { message }

  static func noConversation(_ id: String) -> StateError {
    StateError(.noConversation, "There is no conversation '\(id)': it has been removed. Begin a new one.")
  }

  static func emailTaken(_ email: String) -> StateError {
    StateError(
      .exists, "There is an account '\(email)' already. Use another address, or change that account.")
  }
}
