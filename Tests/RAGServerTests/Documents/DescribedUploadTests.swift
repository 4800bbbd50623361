import Commands
import FoundationEssentials
import Models
import Retrieval
import State
import TestSupport
import Testing

@testable import RAGServer

/// Uploads and files read again, where a chat model describes the chunks of the corpus.
@Suite struct DescribedUploadTests {
  @Test(arguments: CorpusKind.testable)
  func `what is sent is described, found by a word of its description, and accounted for`(kind: CorpusKind)
    async throws
  {
    try await DescribedCorpus.run(on: kind) { corpus async throws in
      let sent = try await corpus.send("hand.md", "# Hand\n\nIt has 27 bones.")
      #expect(sent.status == 202, "\(sent.text)")
      let upload = try #require(try corpus.upload(sent))
      let done = try await corpus.settled(upload.id)
      #expect(done.status == .ready && done.error == nil && done.chunks == 1, "\(done)")
      let found = try await corpus.found("Zanzibar")
      #expect(found.contains("27 bones") && !found.contains("It is about the Zanzibar"))
      #expect(corpus.asked.count == 2 && corpus.fake.provider.violations == [])
      let usage = try await corpus.server.send("GET", "/api/usage", headers: DescribedCorpus.admin)
        .json(JSONValue.self)
      let model = try #require(usage["models"]?.array?.first)
      #expect(model["model"]?.string == DescribedCorpus.model && model["requests"]?.integer == 1)
      #expect(model["prompt_tokens"]?.integer == 900 && model["completion_tokens"]?.integer == 30)
      #expect(model["cost"] != .integer(0) && model["cost"] != nil)
      let metrics = try await corpus.server.send("GET", "/metrics").text
      #expect(metrics.contains(DescribedCorpus.model), "calls are measured like those of answers")
      // The same content again costs nothing.
      let again = try #require(
        try corpus.upload(try await corpus.send("hand.md", "# Hand\n\nIt has 27 bones.")))
      #expect(try await corpus.settled(again.id).status == .ready && corpus.asked.count == 2)
    }
  }

  @Test(arguments: CorpusKind.testable)
  func `a changed file is read again and described, and cut as it was`(kind: CorpusKind) async throws {
    try await DescribedCorpus.run(on: kind) { corpus async throws in
      let same = try await corpus.reread("docs/leg.md")
      #expect(same.status == 200 && corpus.asked.count == 1, "\(same.text)")
      try write("# Leg\n\nThe ankle bends by 45 degrees.", to: corpus.server.directory + "/docs/leg.md")
      let again = try await corpus.reread("docs/leg.md")
      #expect(again.status == 200, "\(again.text)")
      let document = try again.json(DocumentReply.self)
      #expect(
        document.status == .ready && document.name == "docs/leg.md" && document.source.hasSuffix("leg.md"))
      #expect(corpus.asked.count == 2)
      let found = try await corpus.found("Zanzibar")
      #expect(found.contains("45 degrees") && !found.contains("120 degrees"))
      let store = try await corpus.server.place.open(.read)
      let state = try await store.state(of: document.source, in: "default")
      #expect(state?.chunking?.target == 100)
    }
  }

  @Test func `without a chat model nothing is accepted, and the error says what to set`() async throws {
    try await DescribedCorpus.run(settings: ["OPENAI_API_KEY": "", "OPENAI_BASE_URL": ""]) {
      corpus async throws in
      try write("# Leg\n\nThe ankle bends by 45 degrees.", to: corpus.server.directory + "/docs/leg.md")
      for refused in [try await corpus.send("a.md", "The hand."), try await corpus.reread("docs/leg.md")] {
        #expect(refused.status == 503)
        let failure = try refused.failure()
        #expect(failure.code == "no_chat_model" && failure.message.contains("described by 'gpt-5.4-mini'"))
        #expect(failure.hint?.contains("OPENAI_API_KEY") == true)
      }
      #expect(try await corpus.found("knee").contains("120 degrees"), "the earlier text stays")
      try corpus.set(corpus.provider)
      let upload = try #require(try corpus.upload(try await corpus.send("a.md", "The hand.")))
      #expect(try await corpus.settled(upload.id).status == .ready, "no restart is needed")
    }
  }

  @Test func `what is queued when the chat model goes away waits for it and is not lost`() async throws {
    try await DescribedCorpus.run(settings: ["OPENAI_API_KEY": "", "OPENAI_BASE_URL": ""]) {
      corpus async throws in
      let records = corpus.server.application.state.records
      let upload = try await UploadStore(records: records).add(
        name: "a.md", collection: "default", tags: [], content: Array("The hand.".utf8))
      await corpus.server.application.uploads.wake()
      let waiting = try await corpus.settled(upload.id)
      #expect(waiting.status == .queued && waiting.error?.contains("no chat model is configured") == true)
      try corpus.set(corpus.provider)
      // As if a minute had passed.
      _ = try await records.update(record: upload.id) { record in
        guard var stored = Upload(record) else { return false }
        #expect(stored.attempts == 0)
        stored.notBefore = nil
        stored.error = nil
        record = stored.record
        return true
      }
      await corpus.server.application.uploads.wake()
      #expect(try await corpus.settled(upload.id).status == .ready)
    }
  }

  @Test func `an upload that has waited for a day is given up, and the corpus says so too`() async throws {
    try await DescribedCorpus.run(settings: ["OPENAI_API_KEY": "", "OPENAI_BASE_URL": ""]) {
      corpus async throws in
      let records = corpus.server.application.state.records
      await corpus.server.application.uploads.stop()
      let upload = try await UploadStore(records: records).add(
        name: "a.md", collection: "default", tags: [], content: Array("The hand.".utf8))
      try await records.remove(record: upload.id)
      var old = upload
      old.createdAt -= 90_000
      try await records.add(old.record)
      await corpus.server.application.uploads.start()
      let failed = try await corpus.settled(upload.id)
      #expect(failed.status == .failed && failed.error?.contains("no chat model") == true)
      let document = try #require(try await corpus.documents().first { $0.source == "upload:///a.md" })
      #expect(document.status == .failed && document.error == failed.error)
    }
  }

  @Test(arguments: [
    (["DESCRIBE_LIMIT": "100t"], "100 tokens are allowed for one document", "Raise DESCRIBE_LIMIT"),
    (["DESCRIBE_LIMIT": "0.00001"], "$0.00 are allowed for one document", "Raise DESCRIBE_LIMIT"),
    (["DAILY_COST_LIMIT": "0.00001"], "that models may cost in 24 hours", "Raise DAILY_COST_LIMIT"),
  ])
  func `what costs more than it may is not described at all`(
    settings: [String: String], reason: String, hint: String
  ) async throws {
    try await DescribedCorpus.run(settings: settings) { corpus async throws in
      let upload = try #require(try corpus.upload(try await corpus.send("a.md", "The hand has 27 bones.")))
      let failed = try await corpus.settled(upload.id)
      #expect(failed.status == .failed)
      let error = try #require(failed.error)
      #expect(error.contains("Describing 1 chunk with 'gpt-5.4-mini' would take about"), "\(error)")
      #expect(error.contains(reason) && error.contains(hint), "\(error)")
      #expect(corpus.asked.count == 1, "nothing was spent")
      try write("# Leg\n\nThe ankle bends by 45 degrees.", to: corpus.server.directory + "/docs/leg.md")
      let refused = try await corpus.reread("docs/leg.md")
      #expect(refused.status == 409 || refused.status == 429)
      #expect(try refused.failure().hint?.contains(hint) == true)
    }
  }

  @Test func `descriptions count towards the cap on spending, and wait where it is used up`() async throws {
    // One description costs $0.00081 and is estimated at somewhat less.
    try await DescribedCorpus.run(settings: ["DAILY_COST_LIMIT": "0.0009"]) { corpus async throws in
      let first = try #require(try corpus.upload(try await corpus.send("a.md", "The hand has 27 bones.")))
      #expect(try await corpus.settled(first.id).status == .ready)
      let second = try #require(try corpus.upload(try await corpus.send("b.md", "The foot has 26 bones.")))
      let waiting = try await corpus.settled(second.id)
      #expect(waiting.status == .queued && waiting.error?.contains("24 hours") == true, "\(waiting)")
      #expect(waiting.error?.contains("or raise DAILY_COST_LIMIT") == true)
      #expect(corpus.asked.count == 2)
    }
  }

  @Test func `the model of the corpus describes, whichever answers`() async throws {
    try await DescribedCorpus.run(settings: ["OPENAI_MODEL": "gpt-4o"]) { corpus async throws in
      let upload = try #require(try corpus.upload(try await corpus.send("a.md", "The hand has 27 bones.")))
      #expect(try await corpus.settled(upload.id).status == .ready)
      #expect(corpus.asked.last?["model"]?.string == DescribedCorpus.model)
    }
  }

  @Test func `a provider without the corpus's model is named, and answers go on`() async throws {
    let other = try FakeOpenAI {
      $0.isOriginal = false
      $0.models = ["gpt-4o"]
    }
    try await DescribedCorpus.run(settings: ["OPENAI_MODEL": "gpt-4o"], serving: other) {
      corpus async throws in
      let upload = try #require(try corpus.upload(try await corpus.send("a.md", "The hand has 27 bones.")))
      let waiting = try await corpus.settled(upload.id)
      #expect(waiting.status == .queued)
      let error = try #require(waiting.error)
      #expect(
        error.contains("with 'gpt-5.4-mini' failed") && error.contains("configure the provider"), "\(error)")
      #expect(try await corpus.found("knee").contains("120 degrees"))
    }
  }

  @Test func `searches are answered while a description is waited for`() async throws {
    try await DescribedCorpus.run { corpus async throws in
      corpus.fake.provider.misbehave(.hang)
      let upload = try #require(try corpus.upload(try await corpus.send("a.md", "The hand has 27 bones.")))
      let start = ContinuousClock.now
      while corpus.asked.count < 2, .now - start < .seconds(10) {
        try await Task.sleep(for: .milliseconds(5))
      }
      let asked = ContinuousClock.now
      for _ in 0..<20 { #expect(try await corpus.found("knee").contains("120 degrees")) }
      #expect(.now - asked < .seconds(5))
      let running = try await corpus.server.send(
        "GET", "/api/documents/uploads/\(upload.id)", headers: DescribedCorpus.admin
      ).json(UploadReply.self)
      #expect(running.status == .running)
    }
  }

  @Test(
    arguments: [
      (ChunkDescriber.Limit.dollars(1), nil, 0.5, nil),
      (.dollars(1), nil, 1.5, "describe_limit"),
      (.tokens(1000), nil, 0.5, nil),
      (.tokens(999), nil, 0.5, "describe_limit"),
      (.dollars(1), 0.6, 0.5, nil),
      (.dollars(1), 0.4, 0.5, "spending_limit"),
      (.tokens(1000), 0.4, 0.5, "spending_limit"),
      // A model without a price is one's own.
      (.dollars(0), 0, nil, nil),
    ] as [(ChunkDescriber.Limit, Double?, Double?, String?)])
  func `a plan is held against both limits`(
    limit: ChunkDescriber.Limit, left: Double?, cost: Double?, code: String?
  ) {
    var plan = DescriptionSummary()
    plan.described = 4
    plan.usage = Usage(promptTokens: 900, completionTokens: 100)
    plan.cost = cost
    let budget = left.map { Budget(left: $0, cap: 2, variable: "DAILY_COST_LIMIT", wait: .seconds(90)) }
    let allowance = Allowance(limit: limit, budget: budget)
    let refusal = allowance.refusal(of: plan, model: "m")
    #expect(refusal?.httpError.code == code)
    if code == "spending_limit" { #expect(refusal?.wait == 91) }
    if case .dollars = limit {
      #expect(allowance.describerLimit == .dollars(min(1, left ?? 1)) || cost == nil)
    }
    plan.described = 0
    #expect(allowance.refusal(of: plan, model: "m") == nil, "what is known costs nothing")
  }
}
