import Glibc
import Health
import Retrieval
import TestSupport
import Testing

@Suite struct CorpusCheckTests {
  @Test func `a corpus whose file was replaced is degraded, and it is said what is used then`() async throws {
    try await withTemporaryDirectory { directory in
      let (path, other) = (directory + "/test.db", directory + "/other.db")
      let corpus = try Corpus(path: path, access: .create)
      _ = try Corpus(path: other, access: .create)
      let check = CorpusCheck(corpus: corpus, model: nil)
      #expect(await check.finding(within: .seconds(2)).code == "corpus_empty")
      #expect(rename(other, path) == 0)
      let found = await check.finding(within: .seconds(2))
      #expect(found.status == .degraded && found.code == "corpus_replaced")
      #expect(found.hint?.contains("as soon as it is a corpus of the same embedding model") == true)
    }
  }
}
