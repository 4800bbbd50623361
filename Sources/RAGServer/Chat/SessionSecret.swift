import Commands
import Cryptography
import FoundationEssentials
import Models
import State

/// The key that session cookies are signed with: `SESSION_SECRET`, or one that is made once and kept in the state, so
/// that sessions outlive a restart and are known to every server of that state.
struct SessionSecret: Sendable {
  let settings: Settings
  let records: any RecordStore
  private static let kind = "secret"
  private static let id = "secret-session"

  func value() async throws -> [UInt8] {
    if let secret = settings["SESSION_SECRET"] { return Array(secret.utf8) }
    if let stored = try await stored() { return stored }
    // Of several servers that come here at once, the first one's stays.
    try await records.add(
      Record(
        id: Self.id, kind: Self.kind, createdAt: Date(),
        content: ["value": .string(Hexadecimal.encode(try RandomBytes.make(32)))]))
    guard let stored = try await stored() else {
      throw StateError(.unavailable, "The secret of sessions was stored and cannot be read again.")
    }
    return stored
  }

  private func stored() async throws -> [UInt8]? {
    try await records.record(Self.id)?.content["value"]?.string.map { Array($0.utf8) }
  }
}
