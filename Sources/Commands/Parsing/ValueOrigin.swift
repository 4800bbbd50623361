/// Where a value came from, strongest first.
public enum ValueOrigin: Sendable, Equatable {
  case commandLine
  /// A variable of the environment or of `.env`.
  case setting(String, Setting.Origin)
  /// The default: nothing was given.
  case standard
}
