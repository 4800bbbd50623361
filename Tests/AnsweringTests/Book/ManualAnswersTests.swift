import FoundationEssentials
import Glibc
import Models
import Testing

@testable import Answering
@testable import Retrieval

/// What is said of a tool's README, changelog and guide, of an interface's reference and of a runbook.
@Suite(SampleBook.condition) struct ManualAnswersTests {
  private static let task = Task {
    let model = try #require(SampleBook.model)
    let folder = FileManager.default.temporaryDirectory.path + "/footnote-manuals-\(getpid())"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let corpus = try Corpus(path: folder + "/manuals.db", access: .create)
    _ = try await Indexer(corpus: corpus, model: model, loader: DocumentReader()).run(
      .walk([SampleBook.root + "/Tests/AnsweringTests/Fixtures/manuals"]))
    let searcher = try await Searcher(corpus: corpus, model: model)
    // Open files stay until the process ends.
    try FileManager.default.removeItem(atPath: folder)
    return Answerer(searcher: searcher, rewriter: StandardRewriter())
  }

  private func answer(_ question: String) async throws -> Answer {
    try await Self.task.value.answer(AnswerRequest(question))
  }

  @Test(arguments: [
    ("How do I install Tidewatch on Debian?", "sudo apt-get install tidewatch"),
    ("How do I install Tidewatch on macOS?", "brew install tidewatch"),
    ("How do I build Tidewatch from source?", "make install"),
    ("How do I restore an old version of a file?", "--at 2024-03-01"),
    ("How do I uninstall Tidewatch?", "sudo apt-get remove tidewatch"),
    ("How do I restart a node?", "beaconctl undrain beacon-2"),
    ("How do I restore a backup?", "beaconctl restore s3://beacon-backups"),
    ("How do I renew the certificates?", "beaconctl cert renew --all"),
    ("How do I create a shipment?", "/shipments"),
    ("Show an example configuration of a peer.", "keep_days = 30"),
  ])
  func `whoever asks how something is done gets the commands`(question: String, command: String) async throws
  {
    let answer = try await answer(question)
    #expect(answer.answer.contains("```\n") && answer.answer.contains(command), "\(answer.answer)")
    #expect(answer.citations.contains { $0.quote.contains(command) }, "\(answer.citations.map(\.quote))")
  }

  @Test(arguments: [
    (
      "What changed in 3.2.2?", ["a crash when a peer's clock", "bytes that are still to be sent"], "handles"
    ),
    ("What is new in version 3.2.0?", ["tidewatch verify", "stored in SQLite", "Dropped support"], "zstd"),
    (
      "How do I upgrade from 2.5 to 3.2?",
      ["1. Stop the service", "2. Install", "3. Run tidewatch migrate", "4. Start"], "max_rate"
    ),
    ("What are the steps to upgrade from 2.5?", ["1. Stop", "2. Install", "3. Run", "4. Start"], "max_rate"),
    (
      "What are the features of Tidewatch?",
      ["- Copies only", "- Encrypts", "- Resumes", "- Runs on Linux"], "formula"
    ),
    ("Which states can a shipment have?", ["- announced", "- moving", "- held", "- delivered"], "POST"),
    (
      "What are the steps when the disk is full?", ["1. Find the", "2. Ask the", "3. Drop them", "4. Watch"],
      "certificates"
    ),
    (
      "What are the steps of the quick start?", ["1. Create", "2. Name the", "3. Start the", "4. Look at"],
      "formula"
    ),
  ])
  func `a list that was asked for is given whole and alone`(
    question: String, parts: [String], other: String
  ) async throws {
    let answer = try await answer(question)
    for part in parts { #expect(answer.answer.contains(part), "\(answer.answer)") }
    #expect(!answer.answer.contains(other), "\(answer.answer)")
  }

  @Test(arguments: [
    ("What does an amber light mean?", "one node is missing", "green"),
    ("What should I do when the light is red?", "call the person on duty at once", "amber"),
    ("What does error 402 mean?", "balance does not cover", "invalid_address"),
    ("What is the extension for storage?", "4733", "4720"),
    ("Who do I call about the network?", "Jonas Weiß", "Aiko Tan"),
    ("What is the default of bandwidth?", "| 0 [", "compress"),
  ])
  func `of a table the row that was asked for is given`(question: String, row: String, other: String)
    async throws
  {
    let answer = try await answer(question)
    #expect(answer.answer.contains(row) && !answer.answer.contains(other), "\(answer.answer)")
  }

  @Test(arguments: [
    ("Who founded Parcelo?", "Ewa Lis"),
    ("Who keeps the password of the certificate authority?", "Lena Fischer"),
    ("When do certificates expire?", "1 March"), ("How many requests may I send a minute?", "120"),
  ])
  func `the sentence that answers leads`(question: String, answer expected: String) async throws {
    let answer = try await answer(question)
    let first = try #require(answer.answer.firstRange(of: "[1]"))
    #expect(answer.answer[..<first.lowerBound].contains(expected), "\(answer.answer)")
  }

  @Test(arguments: ["What changed in 3.2.7?", "Who founded Northquay?"])
  func `what the manuals only come near to is refused`(question: String) async throws {
    let answer = try await answer(question)
    #expect(!answer.answered, "\(answer.answer)")
  }
}
