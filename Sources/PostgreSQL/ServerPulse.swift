internal import CPostgres
import Synchronization

/// Tells a server that is busy from one that says nothing at all, stopped or behind a network that is gone.
///
/// Whoever waits for a statement asks after a while: a server takes a new connection, or refuses it, however busy it is.
/// One asks for all, so that no server is crowded with questions.
public final class ServerPulse: Sendable {
  private struct Look {
    var time: ContinuousClock.Instant
    var isAnswering: Bool
  }

  private let settings: ConnectionSettings
  /// Held while one asks.
  private let asking = Mutex(())
  private let last = Mutex<Look?>(nil)
  /// Seconds for which the server is waited for; libpq counts whole ones, so that it may be one less.
  private static let patience = "3"
  /// How long an answer holds.
  private static let lifetime: Duration = .seconds(2)

  public init(_ settings: ConnectionSettings) {
    self.settings = settings
  }

  /// Whether the server was found silent a moment ago.
  public var isSilent: Bool { recent?.isAnswering == false }

  /// Says that a connection could not be made, for want of any answer.
  func noteSilence() { note(isAnswering: false) }

  /// Blocks until the server has answered, for 3 seconds at most.
  func isAnswering() -> Bool {
    asking.withLock { _ in
      if let recent { return recent.isAnswering }
      let isAnswering = ping()
      note(isAnswering: isAnswering)
      return isAnswering
    }
  }

  private func ping() -> Bool {
    let parameters = settings.parameters.map { ($0.0, $0.0 == "connect_timeout" ? Self.patience : $0.1) }
    let answer = CStrings.with(parameters.map(\.0)) { keywords in
      CStrings.with(parameters.map(\.1)) { PQpingParams(keywords, $0, 0) }
    }
    return answer != PQPING_NO_RESPONSE
  }

  private var recent: Look? {
    last.withLock { look in
      guard let look, .now - look.time < Self.lifetime else { return nil }
      return look
    }
  }

  private func note(isAnswering: Bool) {
    last.withLock { $0 = Look(time: .now, isAnswering: isAnswering) }
  }
}
