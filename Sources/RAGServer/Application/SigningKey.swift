import Commands
import Cryptography
import FoundationEssentials
import Models
import State

/// Signs what clients keep for the server, such as session cookies and short-lived secrets, so that they can be
/// believed when they come back.
struct SigningKey: Sendable {
  private static let kind = "signing_key"
  private static let id = "signing_key"

  private let secret: [UInt8]

  init(secret: [UInt8]) {
    self.secret = secret
  }

  /// `SESSION_SECRET`, else a random key that the state keeps: the same one for all servers of a state, also after a
  /// restart.
  static func load(settings: Settings, records: any RecordStore) async throws -> SigningKey {
    if let secret = settings["SESSION_SECRET"], !secret.isEmpty {
      return SigningKey(secret: Array(secret.utf8))
    }
    let fresh = Record(
      id: id, kind: kind, createdAt: Date(),
      content: ["secret": .string(Base64URL.encode(try RandomBytes.make(32)))])
    // The first of several servers wins.
    try await records.add(fresh)
    let stored = try await records.record(id)?.content["secret"]?.string ?? ""
    guard let secret = Base64URL.decode(stored), secret.count >= 32 else {
      throw StateError(
        .incompatible, "The state holds no usable signing key. Set SESSION_SECRET to a long random text.")
    }
    return SigningKey(secret: secret)
  }

  /// `payload` and its signature, made of letters, digits, `-`, `_` and one dot.
  ///
  /// - Parameter purpose: keeps what was signed for one thing from being taken for another.
  func signed(_ payload: some Collection<UInt8>, for purpose: String) -> String {
    let body = Base64URL.encode(payload)
    return "\(body).\(Base64URL.encode(code(of: body, for: purpose)))"
  }

  /// What was signed for `purpose`; nil if `text` was not signed with this key.
  func payload(of text: String, for purpose: String) -> [UInt8]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, let signature = Base64URL.decode(parts[1]),
      ConstantTime.equals(signature, code(of: String(parts[0]), for: purpose))
    else { return nil }
    return Base64URL.decode(parts[0])
  }

  private func code(of body: String, for purpose: String) -> [UInt8] {
    HashFunction.sha256.authenticationCode(for: Array("\(purpose)\n\(body)".utf8), key: secret)
  }
}
