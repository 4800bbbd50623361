/// What a process says to its parent when it ends.
public struct ExitCode: RawRepresentable, Sendable, Hashable {
  public let rawValue: Int32

  public init(rawValue: Int32) {
    self.rawValue = rawValue
  }

  public static let success = ExitCode(rawValue: 0)
  /// Something asked for failed, or part of it did.
  public static let failure = ExitCode(rawValue: 1)
  /// The command line or a setting is wrong (`EX_USAGE` of sysexits).
  public static let usage = ExitCode(rawValue: 64)
  /// Ended by SIGINT, as shells report it: 128 + 2.
  public static let interrupted = ExitCode(rawValue: 130)
  /// Ended by SIGTERM, as shells report it: 128 + 15.
  public static let terminated = ExitCode(rawValue: 143)
}
