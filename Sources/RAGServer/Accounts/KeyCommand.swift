import Accounts
import Commands
import State

/// `ragserver key`: the keys that programs and web pages send.
enum KeyCommand {
  private static let name = Argument("NAME", .text, "What you will know it by.")
  private static let identifier = Argument(
    "ID", .text, "As 'ragserver key list' shows it, or its first letters.")
  private static let scopes = Option(
    repeated: "scope", .choice(of: APIKey.Scope.self, placeholder: "SCOPE"), default: [.chat, .search],
    "What it may do; may be given several times.")
  private static let origins = Option(
    repeated: "origin", .text.named("SITE"),
    "A site whose pages may use it, such as https://example.org; such a key may be shown in a page.")
  private static let expiry = Option(
    "expires-in", .text.named("TIME"), shownDefault: "never", "How long it is valid, such as 90d.")
  private static let json = Flag("json", "Print JSON.")

  static let command = Command(
    "key", "Manage API keys.",
    commands: [
      Command(
        "add", "Make a key; it is shown once and kept by nobody.",
        parameters: [name, scopes, origins, expiry] + StateOptions.parameters,
        examples: [
          Example("For a program that asks and searches", "ragserver key add backend"),
          Example(
            "For the widget of a web site", "ragserver key add site --scope chat --origin https://example.org"
          ),
          Example(
            "For a job that adds documents", "ragserver key add nightly --scope ingest --expires-in 90d"),
        ], run: add),
      Command(
        "list", "List them, without the keys themselves.", parameters: [json] + StateOptions.parameters,
        run: list),
      Command(
        "revoke", "Make a key worthless.", parameters: [identifier] + StateOptions.parameters, run: revoke),
    ])

  private static func add(_ invocation: Invocation) async throws -> ExitCode {
    let origins = try KeyOptions.origins(invocation[origins])
    let expiry = try KeyOptions.expiry(invocation[expiry])
    return try await StateOptions.withState(invocation) { state in
      let made = try await KeyRing(store: state.accounts).make(
        name: invocation[name], scopes: Set(invocation[scopes]), origins: origins, expiresAt: expiry)
      invocation.log.info("The key is shown only this once.")
      try invocation.output.line(made.text)
      return .success
    }
  }

  private static func list(_ invocation: Invocation) async throws -> ExitCode {
    try await StateOptions.withState(invocation) { state in
      let keys = try await KeyRing(store: state.accounts).keys().map { KeyDescription($0) }
      if invocation[json] {
        try invocation.output.json(["keys": keys])
        return .success
      }
      guard !keys.isEmpty else {
        invocation.log.info("There are no keys. Make one with 'ragserver key add NAME'.")
        return .success
      }
      var table = TextTable([
        .init("ID"), .init("NAME", truncation: .tail), .init("BEGINS"), .init("SCOPES"),
        .init("SITES", truncation: .tail),
        .init("STATE"),
      ])
      for key in keys {
        let state = key.isRevoked ? "revoked" : key.expiresAt.map { "until \($0.formatted(.iso8601))" } ?? ""
        table.add([
          String(key.id.prefix(8)), key.name, key.prefix, key.scopes.joined(separator: ","),
          key.origins.joined(separator: ","), state,
        ])
      }
      try invocation.output.write(table.text(width: nil))
      return .success
    }
  }

  private static func revoke(_ invocation: Invocation) async throws -> ExitCode {
    try await StateOptions.withState(invocation) { state in
      let ring = KeyRing(store: state.accounts)
      let matching = try await ring.keys().filter { $0.id.hasPrefix(invocation[identifier].lowercased()) }
      guard let key = matching.first, matching.count == 1 else {
        throw UsageError(
          "\(matching.isEmpty ? "No key" : "More than one key") has an id that begins with '\(invocation[identifier])'.",
          hint: "'ragserver key list' shows them.")
      }
      _ = try await ring.revoke(key.id)
      try invocation.output.line("Revoked \(key.name).")
      return .success
    }
  }
}
