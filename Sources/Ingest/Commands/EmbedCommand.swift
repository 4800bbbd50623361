import Commands
import HTTPClient
import Models
import Setup

/// `ingest embed`: texts in, vectors out.
enum EmbedCommand {
  enum Role: String, CaseIterable { case document, query }

  static let role = Option(
    "role", ValueType<Role>.choice(), default: .document,
    "What the texts are; some models embed questions differently.")

  static let command = Command(
    "embed", "Embed texts from standard input, one JSON vector a line.",
    discussion: """
      Each line of standard input is one text, or a JSON string, or a JSON object with a member "text". Each line of \
      standard output is its vector, of length 1, in the same order.
      """,
    parameters: [role, CorpusOptions.model],
    examples: [Example("Two vectors", "printf 'one\\ntwo\\n' | ingest embed")],
    run: run)

  static func run(_ invocation: Invocation) async throws -> ExitCode {
    let model = try await EmbeddingSetup(settings: invocation.settings, client: HTTPClient())
      .model(invocation[CorpusOptions.model])
    let role: EmbeddingRole = invocation[role] == .query ? .query : .document
    var batch: [String] = []
    for try await line in InputLines() {
      batch.append(InputText(line: line).text)
      if batch.count == 256 {
        try await write(batch, role, model, invocation.output)
        batch.removeAll(keepingCapacity: true)
      }
    }
    if !batch.isEmpty { try await write(batch, role, model, invocation.output) }
    return .success
  }

  private static func write(
    _ texts: [String], _ role: EmbeddingRole, _ model: any EmbeddingModel, _ output: Output
  ) async throws {
    let vectors = try await model.embed(texts, as: role)
    var lines = ""
    for row in 0..<vectors.count {
      // The shortest text that reads back as the same Float is also a JSON number.
      lines += "[" + vectors[row].map(\.description).joined(separator: ",") + "]\n"
    }
    try output.write(lines)
  }
}
