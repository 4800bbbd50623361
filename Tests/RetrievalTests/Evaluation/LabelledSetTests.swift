import FoundationEssentials
import Models
import TestSupport
import Testing

@testable import Retrieval

@Suite struct LabelledSetTests {
  private static let corpus = """
    {"_id": "a", "title": "", "text": "Robots have two arms."}
    {"_id": "b", "text": "Batteries hold energy."}
    {"_id": "c", "title": null, "text": "The sky is blue."}
    """
  private static let queries = """
    {"_id": "1", "text": "how many arms has a robot"}
    {"_id": "2", "text": "energy storage"}
    {"_id": "3", "text": "no judgement"}
    """
  private static let judgements = "query-id\tcorpus-id\tscore\n1\ta\t1\n2\tb\t2\n"

  private func set(
    corpus: String = corpus, queries: String = queries, judgements: String = judgements,
    split: String = "test"
  ) throws -> LabelledSet {
    try withTemporaryDirectory { folder in
      try write(corpus, to: folder + "/corpus.jsonl")
      try write(queries, to: folder + "/queries.jsonl")
      try write(judgements, to: folder + "/qrels/\(split).tsv")
      return try LabelledSet(directory: folder)
    }
  }

  @Test(arguments: [
    "query-id\tcorpus-id\tscore\n1\ta\t1\n2\tb\t2\n",
    "query-id\tcorpus-id\tscore\r\n1\ta\t1\r\n2\tb\t2\r\n",
    "\u{FEFF}query-id\tcorpus-id\tscore\n1\ta\t1\n\n2\tb\t2\n \n",
    "corpus-id\tquery-id\tscore\na\t1\t1\nb\t2\t2\n",
    "score\tqid\tdocid\n1\t1\ta\n2\t2\tb\n",
    "1\ta\t1\n2\tb\t2\n",
    "1\t0\ta\t1\n2\t0\tb\t2\n",
    "1 0 a 1\n2 Q0 b 2\n",
    "query-id\tcorpus-id\tscore\n1\ta\t1.0\n2\tb\t2.0\n",
  ])
  func judgementsAreReadInEveryLayout(text: String) throws {
    let set = try set(judgements: text)
    #expect(set.judgements == ["1": ["a": 1], "2": ["b": 2]])
    #expect(set.queries.map(\.id) == ["1", "2"] && set.remarks.isEmpty)
  }

  @Test func aTableOfTwoColumnsNeedsNoNamesWhateverItsIdsAreCalled() throws {
    let queries = "{\"_id\": \"query1\", \"text\": \"robot\"}\n{\"_id\": \"query2\", \"text\": \"sky\"}\n"
    let corpus = "{\"_id\": \"doc1\", \"text\": \"Robots.\"}\n{\"_id\": \"doc2\", \"text\": \"The sky.\"}\n"
    let lines = "query1\tdoc1\nquery2\tdoc2\n"
    let expected = ["query1": ["doc1": 1.0], "query2": ["doc2": 1.0]]
    #expect(try set(corpus: corpus, queries: queries, judgements: lines).judgements == expected)
    let named = "query-id\tcorpus-id\n" + lines
    #expect(try set(corpus: corpus, queries: queries, judgements: named).judgements == expected)
  }

  @Test func idsMayBeNumbersAndLinesMayEndInAnyWay() throws {
    let corpus = "{\"_id\": 10, \"text\": \"Robots.\"}\r\n\r\n{\"_id\": \"11\"}\r\n"
    let queries = "{\"_id\": 1, \"text\": \"robot\", \"answers\": \"two\"}\r\n"
    let set = try set(corpus: corpus, queries: queries, judgements: "1\t10\t1\n1\t11\t0\n")
    #expect(set.documents.map(\.id) == ["10", "11"] && set.documents[1].text == "")
    #expect(set.queries.first?.answers == ["two"])
  }

  @Test func ofLinesWithOneIdTheLastCounts() throws {
    let set = try set(corpus: Self.corpus + "\n{\"_id\": \"a\", \"text\": \"Robots have three arms.\"}\n")
    #expect(set.documents.count == 3 && set.documents[0].text == "Robots have three arms.")
    #expect(set.remarks == ["Lines with the id of another document, of which the last counts: 1."])
  }

  @Test func whereThereAreNoTestJudgementsOthersAreTaken() throws {
    let set = try set(split: "train")
    #expect(set.split == "train" && set.queries.count == 2)
    #expect(set.remarks == ["The judgements are those of 'train'."])
  }

  @Test func whatIsMissingIsSaid() throws {
    let set = try set(judgements: "1\ta\t1\n1\tgone\t1\n2\tb\t0\n9\ta\t1\n")
    #expect(
      set.remarks == [
        "Judged documents that are not in the corpus, which count as not found: 1.",
        "Judged queries that are not in queries.jsonl and are left out: 1.",
        "Queries without a relevant document, which count as 0: 1.",
      ])
  }

  @Test(arguments: [
    ("{\"_id\": \"a\"", judgements, "corpus.jsonl', line 1, is not as BEIR has it: it is no JSON object."),
    ("{\"text\": \"a\"}", judgements, "it has no '_id'."),
    ("{\"_id\": \"a\", \"text\": []}", judgements, "'text' is of the wrong kind."),
    (corpus, "query-id\tcorpus-id\tscore\n1\ta\tmuch\n", "Line 2 of the judgements"),
    (corpus, "x\ty\t1\n", "no query with a judgement in qrels/test.tsv; they name '1' and 'x', for example."),
    (corpus, "1\tnone\t1\n", "none of the documents that are judged, such as 'none'."),
  ])
  func aBrokenSetIsToldApart(corpus: String, judgements: String, message: String) {
    let error = #expect(throws: LabelledSet.Failure.self) {
      try self.set(corpus: corpus, judgements: judgements)
    }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
  }

  @Test func filesMayBePacked() throws {
    try withTemporaryDirectory { folder in
      try write(gzip(Self.corpus), to: folder + "/corpus.jsonl.gz")
      try write(gzip(Self.queries), to: folder + "/queries.jsonl.gz")
      try write(Self.judgements, to: folder + "/qrels/test.tsv")
      let set = try LabelledSet(directory: folder)
      #expect(set.documents.count == 3 && set.queries.count == 2)
      try write(Array(gzip(Self.corpus).prefix(30)), to: folder + "/corpus.jsonl.gz")
      let error = #expect(throws: LabelledSet.Failure.self) { try LabelledSet(directory: folder) }
      #expect(error?.description.contains("corpus.jsonl.gz': What is packed with gzip") == true)
    }
  }

  @Test func aQueryThatIsADocumentDoesNotFindItself() throws {
    let text = "We should ban cars from all cities because they make noise"
    let set = try set(
      corpus: "{\"_id\": \"a\", \"text\": \"\(text)\"}\n{\"_id\": \"b\", \"text\": \"Cars are useful.\"}\n",
      queries: "{\"_id\": \"a\", \"text\": \"\(text)\"}\n{\"_id\": \"b\", \"text\": \"noise\"}\n",
      judgements: "a\tb\t1\nb\ta\t1\n")
    #expect(set.isQuery(set.queries[0], "a") && !set.isQuery(set.queries[0], "b"))
    // An id that both happen to have means nothing.
    #expect(!set.isQuery(set.queries[1], "b"))
  }

  /// A provider that fails for one question.
  private struct FailingProvider: EmbeddingModel {
    let base = HashingEmbeddingModel()
    var fingerprint: EmbeddingFingerprint {
      var fingerprint = base.fingerprint
      fingerprint.precision = "api"
      return fingerprint
    }
    var tokens: any TokenCounter { base.tokens }

    func embed(_ texts: [String], as role: EmbeddingRole) async throws -> EmbeddingMatrix {
      guard texts != ["energy storage"] else {
        throw ModelError(.unavailable, provider: "test", message: "Down.")
      }
      return try await base.embed(texts, as: role)
    }
  }

  @Test func whatSearchesByWordsAloneForOnceIsNotMeasuredAsHybrid() async throws {
    let set = try set()
    try await withTemporaryDirectory { directory in
      let corpus = try Corpus(path: directory + "/test.db", access: .create)
      let (model, loader) = (FailingProvider(), LabelledSetLoader(set))
      _ = try await Indexer(corpus: corpus, model: model, loader: loader).run(loader.discovery)
      let searcher = try await Searcher(corpus: corpus, model: model)
      #expect(try await searcher.search(SearchQuery("energy storage")).degraded)
      await #expect(throws: ModelError.self) { try await set.evaluate(searcher, mode: .hybrid) }
      await #expect(throws: ModelError.self) {
        try await set.evaluate([AblationVariant("hybrid", searcher, mode: .hybrid)])
      }
      let words = try await set.evaluate(searcher, mode: .lexical)
      #expect(words.queries.count == 2)
    }
  }
}
