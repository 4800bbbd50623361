import Commands
import Retrieval

/// `ingest doctor`: what is wrong, and the command that mends it.
enum DoctorCommand {
  static let repair = Flag(
    "repair", "Mend what can be mended without the documents: indexes are rebuilt, unused vectors pruned.")

  static let command = Command(
    "doctor", "Check the corpus, the model and what they need.",
    discussion:
      "Exits with 0 if all is well and with 1 if something is broken; each finding names the command that helps.",
    parameters: [CorpusOptions.database, CorpusOptions.model, repair, CorpusOptions.json],
    run: run)

  static func run(_ invocation: Invocation) async throws -> ExitCode {
    if invocation[repair] { try await mend(invocation) }
    let findings = await Examination(
      place: try CorpusOptions.place(invocation), modelName: invocation[CorpusOptions.model],
      settings: invocation.settings
    ).findings()
    if invocation[CorpusOptions.json] {
      try invocation.output.json(["findings": findings])
    } else {
      for finding in findings { try write(finding, invocation.output) }
    }
    return findings.contains { $0.status == .broken } ? .failure : .success
  }

  private static func mend(_ invocation: Invocation) async throws {
    let lock = try await CorpusOptions.lock(invocation)
    defer { withExtendedLifetime(lock) {} }
    let store = try await CorpusOptions.open(invocation, access: .write)
    if let server = store as? QdrantCorpus {
      let done = try await server.repair()
      invocation.log.info(
        done.isEmpty ? "There was nothing to mend." : "Mended: \(done.joined(separator: "; ")).")
    }
    guard let corpus = store as? Corpus else { return }
    try await corpus.rebuildLexicalIndex()
    let pruned = try await corpus.pruneCache()
    try await corpus.checkpoint()
    invocation.log.info("Rebuilt the lexical index and pruned \(HumanText.count(pruned, "unused vector")).")
  }

  private static func write(_ finding: Finding, _ output: Output) throws {
    let mark =
      switch finding.status {
      case .healthy: output.styled("ok     ", .green)
      case .warning: output.styled("warning", .yellow)
      case .broken: output.styled("broken ", .red)
      }
    try output.line("\(mark)  \(finding.check): \(TerminalText.clean(finding.detail))")
    if let repair = finding.repair { try output.line("         \(TerminalText.clean(repair))") }
  }
}
