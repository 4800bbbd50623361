import Commands

/// `ragserver doctor`: what leaves the server open to others, and what mends it.
enum DoctorCommand {
  private static let json = Flag("json", "Print JSON.")

  static let command = Command(
    "doctor", "Look for weak secrets, open addresses and readable files.",
    discussion:
      "Looks at the settings with which 'ragserver' would start here. 'ragserver check' looks at one that runs.",
    parameters: [ServerProgram.host, ServerProgram.database, ServerProgram.state, json], run: run)

  private static func run(_ invocation: Invocation) async throws -> ExitCode {
    let findings = examination(invocation).findings()
    if invocation[json] {
      try invocation.output.json(["findings": findings])
      return .success
    }
    for finding in findings {
      let mark =
        finding.status == .healthy
        ? invocation.output.styled("ok     ", .green) : invocation.output.styled("warning", .yellow)
      try invocation.output.line("\(mark)  \(finding.check): \(finding.detail)")
      if let repair = finding.repair { try invocation.output.line("         \(repair)") }
    }
    return .success
  }

  static func examination(_ invocation: Invocation) -> SecurityExamination {
    let database = invocation[ServerProgram.database]
    let folder = database.lastIndex(of: "/").map { database[...$0] } ?? ""
    return SecurityExamination(
      settings: invocation.settings, host: invocation[ServerProgram.host],
      files: [".env", database, invocation[ServerProgram.state] ?? "\(folder)state.db"])
  }
}
