import Answering
import Commands
import HTTPClient
import Retrieval
import Setup

/// `ingest ask`: an answer with footnotes.
enum AskCommand {
  static let question = Argument(words: "QUESTION", "What to answer; needs no quotes.")

  static let command = Command(
    "ask", "Answer a question from the corpus, each sentence with a footnote.",
    discussion: """
      With a chat model, chosen by CHAT_PROVIDER, the answer is prose written from the passages found; without one it is \
      made of sentences of the documents. Each footnote names the document and the \
      exact range of its stored text, which 'ingest show' prints. Where the documents do not answer, it says so.
      """,
    parameters: [
      question, CorpusOptions.collections, CorpusOptions.tags, CorpusOptions.prefix, CorpusOptions.database,
      CorpusOptions.model, CorpusOptions.json,
    ],
    variables: ChatSetup.variables + FallbackSetup.variables + GroundingSetup.variables,
    examples: [Example("Ask the sample book", "ingest ask What is humanoid robotics?")],
    run: run)

  static func run(_ invocation: Invocation) async throws -> ExitCode {
    let chat = try ChatSetup(settings: invocation.settings, client: HTTPClient()).model()
    let answerer = Answerer(searcher: try await CorpusOptions.searcher(invocation), chat: chat)
    var request = AnswerRequest(invocation[question], filter: CorpusOptions.filter(invocation))
    request.options.fallsBack = FallbackSetup.isOn(invocation.settings)
    request.options.unsupported = try GroundingSetup.unsupported(invocation.settings)
    let answer = try await answerer.answer(request)
    if let reason = answer.degradedReason {
      let hint = reason.hint.map { " \($0)" } ?? ""
      invocation.log.warning("\(reason.message)\(hint) The documents' own sentences answer instead.")
    }
    if invocation[CorpusOptions.json] {
      try invocation.output.json(answer)
    } else {
      try invocation.output.write(AnswerText(invocation.output).text(of: answer))
    }
    return .success
  }
}
