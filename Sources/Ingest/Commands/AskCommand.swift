import Answering
import Commands
import Glibc
import HTTPClient
import Retrieval
import Setup

/// `ingest ask`: an answer with footnotes.
enum AskCommand {
  static let question = Argument(
    variadic: "QUESTION", isRequired: false, .text,
    "What to answer; needs no quotes. Left out, each line of standard input is a question.")

  static let command = Command(
    "ask", "Answer a question from the corpus, each sentence with a footnote.",
    discussion: """
      With a chat model, chosen by CHAT_PROVIDER, the answer is prose written from the passages found; without one it is \
      made of sentences of the documents. Each footnote names the document and the \
      exact range of its stored text, which 'ingest show' prints. Where the documents do not answer, it says so.

      Without a question it asks for one after the other, or takes them from a pipe, a line each. They are one \
      conversation: a later one may lean on those before it.
      """,
    parameters: [
      question, CorpusOptions.collections, CorpusOptions.tags, CorpusOptions.prefix, CorpusOptions.database,
      CorpusOptions.model, CorpusOptions.json,
    ],
    variables: ChatSetup.variables + FallbackSetup.variables + GroundingSetup.variables,
    examples: [
      Example("Ask the sample book", "ingest ask What is humanoid robotics?"),
      Example("One question after the other", "ingest ask"),
      Example("Questions from a file", "ingest ask --json < questions.txt"),
    ],
    run: run)

  static func run(_ invocation: Invocation) async throws -> ExitCode {
    try await run(invocation, input: InputLines(), isTerminal: isatty(STDIN_FILENO) == 1)
  }

  /// - Parameter input: the questions where the command line has none.
  static func run(_ invocation: Invocation, input: InputLines, isTerminal: Bool) async throws -> ExitCode {
    let words = invocation[question]
    let chat = try ChatSetup(settings: invocation.settings, client: HTTPClient()).model()
    let answerer = Answerer(
      searcher: try await CorpusOptions.searcher(invocation), chat: chat, rewriter: StandardRewriter())
    var request = AnswerRequest(words.joined(separator: " "), filter: CorpusOptions.filter(invocation))
    request.options.fallsBack = try FallbackSetup.read(invocation.settings)
    request.options.unsupported = try GroundingSetup.unsupported(invocation.settings)
    guard words.isEmpty || words == ["-"] else {
      guard !request.question.allSatisfy(\.isWhitespace) else {
        throw UsageError("Argument 'QUESTION' needs a text, not white space alone.")
      }
      try await show(try await answerer.answer(request), answerer, invocation)
      return .success
    }
    func ask() { if isTerminal { invocation.output.prompt("? ") } }
    ask()
    for try await line in input {
      request.question = String(line.drop(while: \.isWhitespace))
      if !request.question.isEmpty {
        let answer = try await answerer.answer(request)
        try await show(answer, answerer, invocation)
        request.history += [.user(request.question), .assistant(answer.answer)]
        if !invocation[CorpusOptions.json] { try invocation.output.line() }
      }
      ask()
    }
    if isTerminal { invocation.output.prompt("\n") }
    guard isTerminal || !request.history.isEmpty else {
      throw UsageError("There is no question, neither as an argument nor on standard input.")
    }
    return .success
  }

  private static func show(_ answer: Answer, _ answerer: Answerer, _ invocation: Invocation) async throws {
    if let reason = answer.degradedReason {
      let rest = reason.part == .search ? "" : " The documents' own sentences answer instead."
      invocation.log.warning(
        "\([reason.message, reason.hint].compactMap(\.self).joined(separator: " "))\(rest)")
    }
    if let whole = answer.rewrittenQuestion { invocation.log.info("Understood as: \(whole)") }
    if !answer.answered { try await CorpusOptions.explainNothing(invocation, in: answerer.searcher.corpus) }
    if invocation[CorpusOptions.json] {
      try invocation.output.json(answer)
    } else {
      try invocation.output.write(AnswerText(invocation.output).text(of: answer))
    }
  }
}
