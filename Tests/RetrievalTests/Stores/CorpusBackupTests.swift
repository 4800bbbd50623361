import FoundationEssentials
import Glibc
import TestSupport
import Testing

@testable import Retrieval

@Suite struct CorpusBackupTests {
  private func withCorpus(_ body: (Corpus, _ target: String) async throws -> Void) async throws {
    try await withTemporaryDirectory { directory in
      let corpus = try Corpus(path: directory + "/test.db", access: .create)
      let source = MemorySource(["/memory/arm.md": "The elbow bends the arm."])
      _ = try await Indexer(corpus: corpus, model: HashingEmbeddingModel(), loader: source).run(
        source.discovery)
      try await body(corpus, directory + "/copy.db")
    }
  }

  @Test func twoCopiesUnderOneNameAreNeverMixed() async throws {
    try await withCorpus { corpus, target in
      let other = open(target + ".part", O_RDWR | O_CREAT, 0o600)
      #expect(flock(other, LOCK_EX) == 0 && pwrite(other, "half", 4, 0) == 4)
      let error = await #expect(throws: CorpusError.self) { try await corpus.backUp(to: target) }
      #expect(
        error?.code == .locked && error?.description.contains("'\(target)' is just being written") == true)
      #expect(FileAccess.size(target + ".part") == 4 && !FileAccess.exists(target), "it is left alone")
      close(other)
      // Who was killed no longer holds it, and what it left is written anew.
      #expect(try await corpus.backUp(to: target) > 4096)
      #expect(!FileAccess.exists(target + ".part"))
      let copy = try Corpus(path: target, access: .read)
      #expect(try await copy.documents().map(\.source) == ["/memory/arm.md"])
    }
  }

  @Test func aCopyThatCannotBeWrittenSaysWhy() async throws {
    try await withCorpus { corpus, target in
      let error = await #expect(throws: CorpusError.self) { try await corpus.backUp(to: target + "/no/such") }
      #expect(
        error?.description.contains("Cannot write '\(target)/no/such': No such file or directory.") == true)
    }
  }
}
