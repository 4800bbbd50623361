import Commands
import Glibc
import HTTPServer

/// Looks for settings and files that leave a server open to others.
struct SecurityExamination {
  let settings: Settings
  /// Address that the server listens on.
  let host: String
  /// Files that hold documents, conversations and secrets; those that are not there are passed over.
  let files: [String]

  /// Bytes below which a secret may be guessed: as many as HMAC-SHA-256 makes of it (RFC 7518, section 3.2).
  private static let shortestSecret = 32
  private static let shortestKey = 24

  func findings() -> [SecurityFinding] {
    [
      secret("JWT_SECRET", "Tokens are signed with a random secret that the state keeps."),
      secret(
        "SESSION_SECRET", "Session cookies are signed with a random secret that the state keeps.",
        parts: SigningKey.secrets(in: settings).map { String(decoding: $0, as: UTF8.self) }),
      adminKey(), keySet(), exposure(), rateLimit(), origins(),
    ] + files.compactMap(permissions)
  }

  /// - Parameter parts: the secrets that the variable holds; itself if nil.
  private func secret(_ name: String, _ unset: String, parts: [String]? = nil) -> SecurityFinding {
    guard let whole = settings[name] else { return .healthy(name, unset) }
    // The weakest one may sign.
    let value = parts.map { $0.min { $0.utf8.count < $1.utf8.count } ?? "" } ?? whole
    let repair = "Set \(name) to what this prints: openssl rand -base64 48"
    if value.utf8.count < Self.shortestSecret {
      return .warning(
        name, "It has \(value.utf8.count) bytes and could be guessed; \(Self.shortestSecret) are the least.",
        repair: repair)
    }
    if Set(value).count < 10 {
      return .warning(name, "It repeats a few characters and could be guessed.", repair: repair)
    }
    return .healthy(name, "It is long enough.")
  }

  private func adminKey() -> SecurityFinding {
    let name = "ADMIN_API_KEY"
    guard let key = settings[name] else {
      return .healthy(name, "It is not set: nobody administers over HTTP but accounts and keys that may.")
    }
    guard key.utf8.count >= Self.shortestKey, Set(key).count >= 10 else {
      return .warning(
        name,
        "It allows everything, and could be guessed; \(Self.shortestKey) random characters are the least.",
        repair: "Set \(name) to what this prints: openssl rand -hex 24")
    }
    return .healthy(name, "It is long enough.")
  }

  private func keySet() -> SecurityFinding {
    let name = "JWKS_URL"
    guard let url = settings[name] else { return .healthy(name, "It is not set.") }
    let isLocal = ["http://127.0.0.1", "http://localhost", "http://[::1]"].contains { url.hasPrefix($0) }
    guard url.hasPrefix("https://") || isLocal else {
      return .warning(
        name, "Keys that come without TLS can be replaced on their way, and tokens be forged with them.",
        repair: "Set \(name) to the https:// address.")
    }
    return .healthy(name, "Keys come over TLS or from this machine.")
  }

  private func exposure() -> SecurityFinding {
    if isLoopback { return .healthy("address", "Only this machine reaches \(host).") }
    guard AccountPolicy(settings) != .required else {
      return .healthy("address", "\(host) can be reached by others, who need an account or a key.")
    }
    return .warning(
      "address", "Whoever reaches \(host) may ask, and see what the documents say.",
      repair: "Set ACCOUNTS=required and add people with 'ragserver user add EMAIL', or listen on 127.0.0.1.")
  }

  private func rateLimit() -> SecurityFinding {
    guard let text = settings["RATE_LIMIT"], Rates(text)?.windows.isEmpty == true else {
      return .healthy("RATE_LIMIT", "Questions are limited per client address.")
    }
    guard !isLoopback else {
      return .healthy("RATE_LIMIT", "It is off, and only this machine reaches \(host).")
    }
    return .warning(
      "RATE_LIMIT", "It is off: one client can use the machine or the model's budget up.",
      repair: "Unset RATE_LIMIT for 30 questions a minute, or set DAILY_COST_LIMIT.")
  }

  private func origins() -> SecurityFinding {
    guard settings["CORS_ORIGINS"]?.contains("*") == true, AccountPolicy(settings) != .required else {
      return .healthy("CORS_ORIGINS", "Pages of other sites may call where they are named.")
    }
    return .warning(
      "CORS_ORIGINS", "Any web page may ask through its visitors' browsers, also behind a firewall.",
      repair: "Name the sites: CORS_ORIGINS=https://example.org")
  }

  private func permissions(_ path: String) -> SecurityFinding? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    guard status.st_mode & 0o004 == 0 else {
      return .warning(
        "permissions", "Every user of this machine can read '\(path)'.", repair: "chmod o-rwx '\(path)'")
    }
    return .healthy("permissions", "Others cannot read '\(path)'.")
  }

  private var isLoopback: Bool {
    host == "localhost" || AddressRanges(["127.0.0.0/8", "::1"])?.contains(host) == true
  }
}
