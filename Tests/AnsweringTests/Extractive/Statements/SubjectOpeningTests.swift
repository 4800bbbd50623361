import TestSupport
import Testing

@testable import Answering
@testable import Retrieval

/// Questions for what something is or does, answered by statements that are about it.
@Suite struct SubjectOpeningTests {
  let answerer = ExtractiveAnswerer(model: HashingEmbeddingModel(dimensions: 512))

  private func passage(_ text: String, chunk: Int = 1, score: Double = 1) -> Passage {
    Passage(
      chunk: chunk, documentID: chunk, document: "d.md", source: "/d.md", collection: "default",
      title: "Notes", headingPath: [], start: 0, end: text.unicodeScalars.count, text: text,
      ordinal: 0, score: score, denseScore: 0.7)
  }

  @Test(arguments: [
    ("SWEEP removes rows that nobody sees.", "sweep", SubjectOpening.Predicate.action),
    ("The sweep command quickly removes rows.", "sweep", .action),
    ("A heron is a bird that stands in water.", "heron", .definition),
    ("Herons in Europe are large birds.", "heron", .definition),
    ("Ledgers in Harbour allow clerks to keep books apart.", "ledger", .action),
    ("Leases let tenants stay.", "lease", .action),
    ("A lease is used to settle who may stay.", "lease", .action),
    ("A lease can be ended by either side.", "lease", .ability),
    ("A lease is signed by both sides.", "lease", .passive),
    ("Every lease means work.", "lease", .definition),
    ("Leasing refers to the letting of land.", "lease", .definition),
    ("Due process (DP) is a rule of courts.", "due process", .definition),
  ])
  func `a statement that begins with the thing says what it is or does`(
    text: String, subject: String, predicate: SubjectOpening.Predicate
  ) {
    #expect(SubjectOpening.predicate(of: Words.of(subject), in: Words.of(text)) == predicate)
  }

  @Test(arguments: [
    ("Plain sweep removes rows.", "sweep"),
    ("Lease agreements are kept in a drawer.", "lease"), ("Of a lease, little is known.", "lease"),
    ("Sweep operations are slow.", "sweep"), ("Sweep records use a text format.", "sweep"),
    ("Leasing is a matter of trust.", "lease"), ("A lease", "lease"), ("Lease in", "lease"),
    ("Lease of the", "lease"), ("", "lease"),
  ])
  func `other statements do not`(text: String, subject: String) {
    #expect(SubjectOpening.predicate(of: [subject], in: Words.of(text)) == nil)
  }

  @Test(arguments: [
    ("What does SWEEP do?", true), ("What is SWEEP for?", true), ("What is a lease used for?", true),
    ("What is the purpose of a lease?", true), ("What is a lease?", false),
    ("What does lease mean?", false), ("Who is Ada Brook?", false),
  ])
  func `what something does is told from what it is`(question: String, asksUse: Bool) {
    let words = QuestionWords(question)
    #expect(words.asksUse == asksUse && words.expectation == .definition)
  }

  @Test(arguments: [
    ("What does SWEEP do?", "SWEEP reclaims the room of rows that were deleted."),
    ("What is a ledger?", "Ledgers in Harbour allow clerks to keep the books of each quay apart."),
    ("What is a bittern?", "A bittern is a shy bird of the reeds."),
    ("What is a lien for?", "A lien secures what is owed until it was paid."),
  ])
  func `the statement about the thing leads those that mention it`(question: String, quote: String)
    async throws
  {
    let text = """
      In daily work rows that were deleted stay in the table until a SWEEP is done, and then a SWEEP is done again. \
      SWEEP reclaims the room of rows that were deleted. Nobody has to wait for a SWEEP.

      Whoever has none is given the default ledger. Ledgers in Harbour allow clerks to keep the books of each quay \
      apart. Every quay has one.

      Where a bittern is heard, a bittern is seldom seen. A bittern is a shy bird of the reeds. Hunters shot at what \
      they took for a bittern.

      The bank that has a lien is asked first, and a lien is noted in the register. A lien secures what is owed until \
      it was paid. Two owners share a lien.
      """
    let answer = try await answerer.answer(question, from: [passage(text)])
    #expect(answer.citations.first?.quote == quote, "\(answer.answer)")
  }

  @Test func `a row stands beside prose only where it holds what was asked for`() async throws {
    let prose = passage(
      "A crane keeps level because its outriggers spread the load of the crane over the ground.")
    let table = passage(
      "| State | Crane |\n| --- | --- |\n| Idle | crane keeps level by load |\n| Moving | crane stays level |",
      chunk: 2, score: 0.99)
    let how = try await answerer.answer("How does a crane keep level under load?", from: [prose, table])
    #expect(how.answer.hasPrefix("A crane keeps level") && !how.answer.contains("|"), "\(how.answer)")
    let years = passage(
      "| Crane | Built |\n| --- | --- |\n| Harbour crane | 1911 |\n| Dock crane | 1932 |", chunk: 2)
    let when = try await answerer.answer("When was the harbour crane built?", from: [years])
    #expect(when.answer.contains("1911"), "\(when.answer)")
  }
}

/// Pages of commands, whose description says "this command" of the one that the title names.
@Suite struct ThisCommandTests {
  private func answer(_ question: String) async throws -> String {
    let answerer = ExtractiveAnswerer(model: HashingEmbeddingModel())
    var page = Passage.note(
      "This command sets an empty store up. It takes a second.", headings: ["Description"])
    page.title = "vault init"
    var usage = Passage.note("vault [options] init [FOLDER]\n\nThe vault and its init are old.")
    usage.title = "vault init"
    usage.documentID = page.documentID
    usage.ordinal = page.ordinal + 1
    usage.start = 1000
    var other = Passage.note(
      "Running vault init on a server needs a key for vault init.", headings: ["Servers"])
    other.documentID = page.documentID + 1
    return try await answerer.answer(question, from: [other, usage, page]).answer
  }

  @Test(arguments: [
    "What does vault init do?", "What does the vault init command do?", "What is vault init?",
  ])
  func `the description answers`(question: String) async throws {
    #expect(try await answer(question).hasPrefix("This command sets an empty store up."))
  }
}
