import Accounts
import Commands
import FoundationEssentials
import State

/// `ragserver user`: the people who can sign in.
enum UserCommand {
  private static let email = Argument("EMAIL", .text, "The address the person signs in with.")
  private static let name = Option("name", .text.named("NAME"), "How the person is called.")
  private static let admin = Flag("admin", "Lets the person use the console and change everything.")
  private static let json = Flag("json", "Print JSON.")

  static let command = Command(
    "user", "Manage the people who can sign in.",
    commands: [
      Command(
        "add", "Add a person; the password is typed, or read from two lines of standard input.",
        parameters: [email, name, admin] + StateOptions.parameters,
        examples: [Example("Add an administrator", "ragserver user add ann@example.org --admin")], run: add),
      Command("list", "List them.", parameters: [json] + StateOptions.parameters, run: list),
      Command(
        "disable", "Keep a person from signing in, and end what is signed in.",
        parameters: [email] + StateOptions.parameters
      ) { try await set(isDisabled: true, $0) },
      Command("enable", "Let a disabled person sign in again.", parameters: [email] + StateOptions.parameters)
      {
        try await set(isDisabled: false, $0)
      },
      Command(
        "password", "Set a new password, and end what is signed in with the old one.",
        parameters: [email] + StateOptions.parameters, run: password),
    ])

  private static func add(_ invocation: Invocation) async throws -> ExitCode {
    let password = try await newPassword(invocation)
    return try await StateOptions.withState(invocation) { state in
      let account = try await directory(state).add(
        email: invocation[email], name: invocation[name], password: password,
        isAdministrator: invocation[admin])
      try invocation.output.line("Added \(account.email).")
      return .success
    }
  }

  private static func password(_ invocation: Invocation) async throws -> ExitCode {
    let password = try await newPassword(invocation)
    return try await StateOptions.withState(invocation) { state in
      try await directory(state).setPassword(password, of: invocation[email])
      try invocation.output.line("Changed the password of \(invocation[email]).")
      return .success
    }
  }

  private static func set(isDisabled: Bool, _ invocation: Invocation) async throws -> ExitCode {
    try await StateOptions.withState(invocation) { state in
      try await directory(state).setDisabled(isDisabled, invocation[email])
      try invocation.output.line("\(isDisabled ? "Disabled" : "Enabled") \(invocation[email]).")
      return .success
    }
  }

  private static func list(_ invocation: Invocation) async throws -> ExitCode {
    try await StateOptions.withState(invocation) { state in
      let accounts = try await directory(state).accounts()
      if invocation[json] {
        try invocation.output.json(["users": accounts.map(UserDescription.init)])
        return .success
      }
      guard !accounts.isEmpty else {
        invocation.log.info("There is nobody yet. Add a person with 'ragserver user add EMAIL'.")
        return .success
      }
      var table = TextTable([
        .init("E-MAIL", truncation: .tail), .init("NAME", truncation: .tail), .init("STATE"),
      ])
      for account in accounts {
        let states = [
          account.isDisabled ? "disabled" : nil, account.isAdministrator ? "administrator" : nil,
          account.failures > 0 ? "\(account.failures) failed sign-ins" : nil,
        ]
        table.add([account.email, account.name ?? "", states.compactMap(\.self).joined(separator: ", ")])
      }
      try invocation.output.write(table.text(width: nil))
      return .success
    }
  }

  private static func directory(_ state: State) -> AccountDirectory {
    AccountDirectory(store: state.accounts, hasher: PasswordHasher())
  }

  private static func newPassword(_ invocation: Invocation) async throws -> String {
    var input = SecretInput(output: invocation.output)
    guard let first = try await input.read(prompt: "Password: "),
      let second = try await input.read(prompt: "Again: ")
    else {
      throw AccountError("The password must be given twice: type it, or send two lines of standard input.")
    }
    guard first == second else { throw AccountError("The two passwords differ; nothing was changed.") }
    return first
  }
}

/// An account as lists show it.
private struct UserDescription: Encodable {
  var id: String
  var email: String
  var name: String?
  var isDisabled: Bool
  var isAdministrator: Bool
  var failures: Int

  enum CodingKeys: String, CodingKey {
    case id, email, name
    case isDisabled = "disabled"
    case isAdministrator = "administrator"
    case failures = "failed_sign_ins"
  }

  init(_ account: Account) {
    id = account.id
    email = account.email
    name = account.name
    isDisabled = account.isDisabled
    isAdministrator = account.isAdministrator
    failures = account.failures
  }
}
