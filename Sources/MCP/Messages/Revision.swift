/// Revisions of the protocol, oldest first.
public enum Revision: String, Sendable, CaseIterable, Comparable {
  /// Its messages are spoken over standard input and output; its own HTTP transport is not.
  case first = "2024-11-05"
  /// The only one with batches.
  case batches = "2025-03-26"
  case structured = "2025-06-18"
  /// The last that begins with a handshake.
  case handshake = "2025-11-25"
  /// Every request stands for itself.
  case stateless = "2026-07-28"

  public static func < (a: Revision, b: Revision) -> Bool { a.rawValue < b.rawValue }

  /// What a client that says nothing speaks (specification 2025-06-18, Streamable HTTP).
  static let assumed = Revision.batches
}
