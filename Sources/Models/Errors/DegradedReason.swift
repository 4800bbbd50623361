/// Why an answer is not what it should have been.
public struct DegradedReason: Sendable, Hashable, Codable {
  /// A kind of `ModelError`, such as `quota_exceeded`.
  public var code: String
  public var message: String
  /// What to do about it.
  public var hint: String?

  public init(code: String, message: String, hint: String? = nil) {
    self.code = code
    self.message = message
    self.hint = hint
  }

  public init(_ error: ModelError) {
    self.init(
      code: error.kind.rawValue, message: error.message, hint: error.hint.isEmpty ? nil : error.hint)
  }
}
