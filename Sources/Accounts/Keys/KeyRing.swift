import Cryptography
import FoundationEssentials
import State

/// Makes, finds and revokes the keys that programs and web pages send.
public struct KeyRing: Sendable {
  /// What every key begins with.
  public static let prefix = "fn_"

  /// A new key; `text` is shown once and kept by nobody here.
  public struct Made: Sendable {
    public var text: String
    public var key: APIKey
  }

  private let store: any AccountStore

  public init(store: any AccountStore) {
    self.store = store
  }

  /// - Parameters:
  ///   - origins: sites whose pages alone may use it, such as `https://example.org`. Anybody can read a key out of a
  ///     page, so such a key may only chat and search.
  ///   - expiresAt: nil for never.
  /// - Throws: `AccountError` for a key that would do nothing or too much.
  public func make(
    name: String, scopes: Set<APIKey.Scope>, origins: [String] = [], expiresAt: Date? = nil,
    at now: Date = Date()
  ) async throws -> Made {
    guard !name.isEmpty, name.count <= 100, name.unicodeScalars.allSatisfy({ $0.value >= 0x20 }) else {
      throw AccountError("A key needs a name of 1 to 100 characters, by which you will know it again.")
    }
    guard !scopes.isEmpty else {
      throw AccountError("A key without a scope could do nothing. Give some of chat, search, ingest, admin.")
    }
    guard origins.isEmpty || scopes.isSubset(of: [.chat, .search]) else {
      throw AccountError(
        "A key for web pages can be read by anybody, and may only chat and search: leave out ingest and admin."
      )
    }
    if let expiresAt, expiresAt <= now { throw AccountError("The key would have expired already.") }
    let text = Self.prefix + Base64URL.encode(try RandomBytes.make(24))
    let key = APIKey(
      id: UUID().uuidString.lowercased(), name: name, hash: Self.hash(text), prefix: String(text.prefix(9)),
      scopes: scopes, origins: origins, createdAt: now, expiresAt: expiresAt)
    try await store.add(key)
    return Made(text: text, key: key)
  }

  /// The key with this text; nil if there is none, or it is revoked or expired.
  public func key(_ text: String, at now: Date = Date()) async throws -> APIKey? {
    guard text.hasPrefix(Self.prefix), text.utf8.count <= 64 else { return nil }
    guard let key = try await store.key(hash: Self.hash(text)), !key.isRevoked else { return nil }
    if let expiry = key.expiresAt, expiry <= now { return nil }
    return key
  }

  public func keys() async throws -> [APIKey] { try await store.keys() }

  /// False if there is no key of this id.
  public func revoke(_ id: String) async throws -> Bool { try await store.revoke(key: id) }

  /// Fast on purpose: 192 random bits cannot be guessed, however fast a guess is checked.
  private static func hash(_ text: String) -> String {
    Hexadecimal.encode(HashFunction.sha256.digest(text.utf8))
  }
}
