import Models
import Retrieval
import State
import TestSupport
import Testing

@testable import Answering

@Suite struct ToolTurnTests {
  private let records = MemoryRecords()

  private func answer(
    _ question: String, _ model: (any ChatModel)?,
    _ documents: [String: String] = ["leg.md": "# Leg\n\nA knee bends."]
  ) async throws -> Answer {
    try await withTemporaryDirectory { directory in
      for (name, text) in documents { try write(text, to: "\(directory)/docs/\(name)") }
      let embedder = HashingEmbeddingModel(dimensions: 256)
      let corpus = try Corpus(path: directory + "/test.db", access: .create)
      if !documents.isEmpty {
        let indexer = Indexer(corpus: corpus, model: embedder, loader: DocumentReader())
        _ = try await indexer.run(.walk([directory + "/docs"]))
      }
      let searcher = try await Searcher(corpus: corpus, model: embedder)
      var request = AnswerRequest(question)
      let tools = TaskTools.tools(records: records) + [SearchDocumentsTool(searcher: searcher)]
      request.options.turn = ToolTurn(ToolCaller(tools), owner: .user("ann"))
      return try await Answerer(searcher: searcher, chat: model).answer(request)
    }
  }

  @Test func aTaskThatWasAddedIsAnAnswerWithoutSources() async throws {
    let model = RoundsChatModel(.calls(("add_task", #"{"title":"Buy milk"}"#)), .text("Added: Buy milk."))
    let answer = try await answer("Add a task to buy milk", model)
    #expect(answer.answered && answer.answer == "Added: Buy milk." && answer.citations.isEmpty)
    #expect(answer.toolUses?.map(\.name) == ["add_task"])
    #expect(try await TaskList(records: records, owner: .user("ann")).tasks().map(\.title) == ["Buy milk"])
  }

  @Test func whatASearchFoundIsCitedByItsNumber() async throws {
    // The question finds the leg alone; the eye is found by the tool and gets the next number.
    let documents = [
      "leg.md": "# Leg\n\nA knee bends the leg.", "eye.md": "# Eye\n\nA lens bends the light.",
    ]
    let model = RoundsChatModel(
      .calls(("search_documents", #"{"query":"lens light","k":1}"#)), .text("The lens bends light [3]."))
    let answer = try await answer("What bends?", model, documents)
    #expect(answer.answer == "The lens bends light [1].")
    #expect(answer.citations.map(\.quote) == ["A lens bends the light."])
    let result = answer.toolUses?.first?.result["sources"]?.array?.first
    #expect(result?["number"] == 3 && result?["document"]?.string?.hasSuffix("eye.md") == true)
    #expect(result?["text"]?.string?.contains("lens") == true)
  }

  @Test func aMarkWithoutSourceIsStillRemoved() async throws {
    let model = RoundsChatModel(.calls(("list_tasks", "{}")), .text("You have no tasks [9]."))
    #expect(try await answer("What are my tasks?", model).answer == "You have no tasks.")
  }

  @Test func toolsWorkOnAnEmptyCorpus() async throws {
    let model = RoundsChatModel(.calls(("add_task", #"{"title":"Read"}"#)), .text("Added."))
    #expect(try await answer("Add a task to read", model, [:]).answered)
  }

  @Test func whatWasDoneBeforeAFailureIsSaid() async throws {
    let down = ModelError(.unavailable, provider: "rounds", message: "Down.")
    let model = RoundsChatModel(.calls(("add_task", #"{"title":"Read"}"#)), .failure(down))
    let answer = try await answer("Add a task to read", model)
    #expect(answer.degraded && answer.toolUses?.first?.result["status"] == "created")
  }

  @Test func withoutAModelARequestForTasksIsAnsweredHonestly() async throws {
    let answer = try await answer("Add a task to read", nil)
    #expect(!answer.answered && answer.answer == TaskRequest.noModel)
    #expect(try await self.answer("What bends?", nil).answer != TaskRequest.noModel)
  }
}
