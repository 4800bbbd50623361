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

  /// What is signed with now, and before it what older signatures may be made with; at least one.
  private let secrets: @Sendable () -> [[UInt8]]

  init(secret: [UInt8]) {
    secrets = { [secret] }
  }

  private init(settings: Settings, otherwise stored: [UInt8]) {
    secrets = {
      let given = Self.secrets(in: settings)
      return given.isEmpty ? [stored] : given
    }
  }

  /// `SESSION_SECRET` as it is at each use, else a random key that the state keeps: the same one for all servers of a
  /// state, also after a restart.
  static func load(settings: Settings, records: any RecordStore) async throws -> SigningKey {
    let given = secrets(in: settings)
    do {
      return SigningKey(settings: settings, otherwise: try await storedKey(records))
    } catch {
      // Nobody needs the state's key while another is given.
      guard let first = given.first else { throw error }
      return SigningKey(settings: settings, otherwise: first)
    }
  }

  /// The parts of `SESSION_SECRET`, which commas divide: the first signs, and the others are still believed.
  static func secrets(in settings: Settings) -> [[UInt8]] {
    (settings["SESSION_SECRET"] ?? "").split(separator: ",").map { Array(trimmed($0).utf8) }
      .filter { !$0.isEmpty }
  }

  private static func trimmed(_ text: Substring) -> String {
    String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }

  private static func storedKey(_ records: any RecordStore) async throws -> [UInt8] {
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
    return secret
  }

  /// `payload` and its signature, made of letters, digits, `-`, `_` and one dot.
  ///
  /// - Parameter purpose: keeps what was signed for one thing from being taken for another.
  func signed(_ payload: some Collection<UInt8>, for purpose: String) -> String {
    let body = Base64URL.encode(payload)
    return "\(body).\(Base64URL.encode(Self.code(of: body, for: purpose, with: secrets()[0])))"
  }

  /// What was signed for `purpose`; nil if `text` was not signed with this key, or one before it.
  func payload(of text: String, for purpose: String) -> [UInt8]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, let signature = Base64URL.decode(parts[1]),
      secrets().contains(where: {
        ConstantTime.equals(signature, Self.code(of: String(parts[0]), for: purpose, with: $0))
      })
    else { return nil }
    return Base64URL.decode(parts[0])
  }

  private static func code(of body: String, for purpose: String, with secret: [UInt8]) -> [UInt8] {
    HashFunction.sha256.authenticationCode(for: Array("\(purpose)\n\(body)".utf8), key: secret)
  }
}
