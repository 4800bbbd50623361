import Retrieval
import TestSupport
import Testing

@testable import Answering

/// Statements that say something of the entry that they are a part of, and do not name it.
@Suite struct EntryTests {
  private func answer(_ question: String, _ text: String, headings: [String] = []) async throws -> String {
    let answerer = ExtractiveAnswerer(model: HashingEmbeddingModel(dimensions: 512))
    return try await answerer.answer(question, from: [.note(text, headings: headings)]).answer
  }

  private static let timer = """
    Jitter=
    Delays the elapse by some random seconds.

    Persist=
    Takes a boolean argument. When the timer starts, the unit runs at once if it missed a run while the machine was off.
    """

  @Test func `a sentence of an entry is given with the entry's name, once`() async throws {
    let reply = try await answer(
      "How can a timer catch up on a missed run while the machine was off?", Self.timer)
    #expect(reply.hasPrefix("Persist=: When the timer starts"), "\(reply)")
    #expect(reply.ranges(of: "Persist=").count == 1, "\(reply)")
  }

  @Test func `what the question names is not named again`() async throws {
    let reply = try await answer("When does Persist= run a unit that missed a run?", Self.timer)
    #expect(reply.contains("When the timer starts") && !reply.contains("Persist=: When"), "\(reply)")
  }

  @Test func `an option is not named by a longer word`() {
    let passage = Passage.note(
      "Made by ssh-keygen.\n\n-k file\nTells the file. Key files can be made by hand.")
    let statements = Statement.statements(of: passage, at: 0)
    let text = ExtractiveText(
      [statements[0], statements[2]], of: StatementOutline(statements), from: [passage]
    ).text
    #expect(text == "Made by ssh-keygen. [1] -k file: Key files can be made by hand. [2]")
  }

  @Test(arguments: [
    ("RETRY_TIMES", "RETRY_TIMES"), ("systemd-analyze blame", "systemd-analyze blame"),
    ("retry()", "retry()"),
    ("Built-in settings", nil), ("Retries", nil), ("Pre-requisites", nil), ("Input/output", nil),
    ("how things are", nil), ("", nil),
  ])
  func `a heading in code names what stands below it`(heading: String, name: String?) {
    let statement = Statement(kind: .sentence, range: 0..<1, text: "Lists all.", passage: 0, position: 0)
    #expect(statement.entryName(under: heading) == name)
  }

  private static let settings = """
    ## RETRY_DELAY

    Default: 5

    Seconds between two requests to a server.

    ## RETRY_TIMES

    Default: 2

    Maximum number of times to retry a failed download.
    """

  @Test func `a default is about what its entry is about`() async throws {
    let reply = try await answer("How many times is a failed download retried?", Self.settings)
    #expect(reply.hasPrefix("RETRY_TIMES: Default: 2 [1] Maximum number"), "\(reply)")
  }

  @Test func `a default in a paragraph of its own is that of the term above it`() async throws {
    let text = """
      COOKIE_SECRET
      Signs the cookie of a session.

      Default: None

      COOKIE_NAME
      The name of the session cookie.

      Default: 'session'
      """
    let statements = Statement.statements(of: .note(text), at: 0)
    #expect(
      statements.map(\.under) == [nil, "COOKIE_SECRET", nil, "COOKIE_NAME"], "\(statements.map(\.text))")
    let reply = try await answer("What is the default value of COOKIE_NAME?", text)
    #expect(reply.hasPrefix("Default: 'session'"), "\(reply)")
    let signed = try await answer("What is the default value of COOKIE_SECRET?", text)
    #expect(signed.hasPrefix("Default: None"), "\(signed)")
  }

  @Test func `that of another entry is not`() async throws {
    let reply = try await answer("How many times is a failed download retried?", Self.settings)
    #expect(!reply.contains("Default: 5"), "\(reply)")
  }

  @Test(arguments: [
    ("Default: 2", true), ("Defaults to 1min.", true), ("The limit of retries is 2 by default.", false),
    ("Default values are chosen with care by those who know what most people need.", false),
  ])
  func `what says no more than a default`(text: String, isSo: Bool) {
    let statement = Statement(kind: .sentence, range: 0..<1, text: text, passage: 0, position: 0)
    #expect(statement.saysDefault == isSo)
  }
}
