import Glibc
import Retrieval
import TestSupport
import Testing

@testable import Ingest

/// Runs that are killed, stopped or meet another run.
@Suite(.serialized) struct KillTests {
  private func fixture(documents: Int) throws -> IngestFixture {
    let fixture = try IngestFixture()
    for number in 0..<documents {
      let text = (0..<12).map { "Sentence \($0) of document \(number) is about walking robots." }
      try fixture.write("\(number).md", "# Document \(number)\n\n\(text.joined(separator: " "))")
    }
    return fixture
  }

  @Test func aKilledRunLeavesAWholeCorpusThatTheNextRunCompletes() async throws {
    let fixture = try fixture(documents: 150)
    var random = SeededGenerator(7)
    for _ in 0..<6 {
      let child = try fixture.start("add", fixture.documents)
      try await Task.sleep(for: .milliseconds(Int.random(in: 20...400, using: &random)))
      child.signal(SIGKILL)
      _ = await child.exitCode()
      guard access(fixture.database, F_OK) == 0 else { continue }
      let corpus = try Corpus(path: fixture.database, access: .create)
      #expect(try await corpus.integrityProblems() == [])
      #expect(try await corpus.chunksWithoutVector() == 0)
    }
    let before = try await Corpus(path: fixture.database, access: .create).status()
    let last = await fixture.run("add", fixture.documents, "--json")
    #expect(last.code == .success, "\(last.messages)")
    let summary = try last.json(AddTests.Summary.self)
    #expect(summary.documents.added + summary.documents.unchanged == 150)
    let after = try await Corpus(path: fixture.database, access: .read).status()
    #expect(before.embeddings + summary.embedded == after.embeddings, "nothing was embedded twice")
    #expect(after.documents == 150 && after.chunks >= 150)
  }

  @Test func anInterruptedRunStopsSoonAndSaysWhatIsDone() async throws {
    let fixture = try fixture(documents: 400)
    let child = try fixture.start("add", fixture.documents, "--json")
    // The corpus appears when the work begins.
    while access(fixture.database, F_OK) != 0 { try await Task.sleep(for: .milliseconds(5)) }
    child.signal(SIGINT)
    let start = ContinuousClock.now
    let code = await child.exitCode()
    #expect(ContinuousClock.now - start < .seconds(5))
    #expect(code == 130)
    #expect(await fixture.run("add", fixture.documents).code == .success)
  }

  @Test func twoRunsAtOnceBothSucceed() async throws {
    let fixture = try fixture(documents: 60)
    let first = try fixture.start("add", fixture.documents, "--json")
    let second = try fixture.start("add", fixture.documents, "--json")
    #expect(await first.exitCode() == 0)
    #expect(await second.exitCode() == 0)
    let corpus = try Corpus(path: fixture.database, access: .read)
    #expect(try await corpus.status().documents == 60)
    #expect(try await corpus.integrityProblems() == [])
  }
}
