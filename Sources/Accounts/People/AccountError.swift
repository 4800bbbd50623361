/// Why an account cannot be made or changed.
public struct AccountError: Error, Sendable, Equatable, CustomStringConvertible {
  public let description: String

  public init(_ description: String) {
    self.description = description
  }

  static func unknown(_ email: String) -> AccountError {
    AccountError("There is no account '\(email)'. 'ragserver user list' shows those there are.")
  }
}
