/// What a look at a store found.
public struct StoreFinding: Sendable, Equatable {
  public enum Level: String, Sendable {
    case healthy
    /// Searches work, but not as well as they could.
    case warning
    /// Something is missing or wrong.
    case broken
  }

  /// What was looked at, such as `collection`.
  public var check: String
  public var level: Level
  public var detail: String
  /// The command that mends it.
  public var repair: String?

  /// All is well.
  init(_ check: String, _ detail: String) {
    self.init(check, .healthy, detail)
  }

  init(_ check: String, _ level: Level, _ detail: String, repair: String? = nil) {
    self.check = check
    self.level = level
    self.detail = detail
    self.repair = repair
  }
}
