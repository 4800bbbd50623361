/// Takes secrets out of a text: those it is told, and whatever looks like one.
///
/// Recognised are bearer tokens, keys with the prefixes providers give them, JSON web tokens, values of names
/// like `api_key` or `password`, passwords in addresses, and long random-looking words. It errs on the side of
/// hiding: a log that lost a harmless word is still a log.
public struct Redaction: Sendable {
  /// Stands where a secret was.
  public static let mark = "[redacted]"

  /// Known values, longest first, so that none leaves the rest of a longer one behind.
  private let secrets: [String]

  /// - Parameter secrets: values to hide wherever they occur; those under six bytes are passed over, since
  ///   hiding every "1" would hide everything else.
  public init(secrets: [String] = []) {
    self.secrets = Set(secrets.filter { $0.utf8.count >= 6 }).sorted { $0.utf8.count > $1.utf8.count }
  }

  public func redact(_ text: String) -> String {
    var text = text
    for secret in secrets where text.contains(secret) { text.replace(secret, with: Self.mark) }
    var scanner = RedactionScanner(Array(text.utf8))
    return scanner.run() ? String(decoding: scanner.output, as: UTF8.self) : text
  }

  /// Whether a variable, header or field of this name holds a secret.
  public static func isSecretName(_ name: String) -> Bool {
    let name = String(name.lowercased().map { $0 == "-" ? "_" : $0 })
    return secretEndings.contains { name.hasSuffix($0) }
  }

  private static let secretEndings = [
    "apikey", "api_key", "access_key", "secret_key", "private_key", "signing_key", "encryption_key",
    "auth_key",
    "admin_key", "token", "secret", "password", "passwd", "passphrase", "authorization", "cookie",
    "credentials",
  ]
}
