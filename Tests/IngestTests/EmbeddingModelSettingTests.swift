import Commands
import FoundationEssentials
import TestSupport
import Testing

@testable import Ingest

/// `EMBEDDING_MODEL`, which names the model where no `--model` does.
@Suite struct EmbeddingModelSettingTests {
  /// A fixture whose folder of local models has a model of this name.
  private func fixture(with name: String) throws -> IngestFixture {
    let fixture = try IngestFixture()
    let models = fixture.folder + "/.cache/footnote/models"
    try FileManager.default.createDirectory(atPath: models, withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: fixture.model.path, toPath: models + "/" + name)
    try fixture.write("a.md", "The robot walks.")
    return fixture
  }

  @Test func itNamesAModelOfTheFolderOfLocalModels() async throws {
    let fixture = try fixture(with: "multilingual-e5-small")
    let setting = ["EMBEDDING_MODEL": "multilingual-e5-small"]
    let path = fixture.folder + "/.cache/footnote/models/multilingual-e5-small"
    #expect(await fixture.run("model", "path", environment: setting).output == path + "\n")
    let added = await fixture.run("add", fixture.documents, environment: setting)
    #expect(added.code == .success, "\(added.messages)")
    #expect(await fixture.run("status").output.contains("multilingual-e5-small"))
    // The corpus remembers its model: no setting is needed to search it.
    let found = await fixture.run("search", "walks")
    #expect(found.code == .success && found.output.contains("walks"), "\(found.messages)")
  }

  @Test func aCorpusOfAnotherModelIsRefusedUntilItIsEmbeddedAnew() async throws {
    let fixture = try fixture(with: "multilingual-e5-small")
    let setting = ["EMBEDDING_MODEL": "multilingual-e5-small"]
    #expect(await fixture.run("add", fixture.documents).code == .success)
    let refused = await fixture.run("search", "walks", environment: setting)
    #expect(refused.code == .failure)
    #expect(refused.messages.contains("ingest reembed --model multilingual-e5-small"), "\(refused.messages)")
    #expect(await fixture.run("reembed", environment: setting).code == .success)
    #expect(await fixture.run("search", "walks", environment: setting).code == .success)
  }

  @Test func theAdviceToChooseTheCorpussModelWorksWhereTheSettingsNameAProvider() async throws {
    let fixture = try fixture(with: "small")
    let setting = ["EMBEDDING_PROVIDER": "openai"]
    #expect(await fixture.run("add", fixture.documents, "--model", "small").code == .success)
    let refused = await fixture.run("search", "walks", environment: setting)
    #expect(refused.code == .failure)
    #expect(
      refused.messages.contains("choose its model with EMBEDDING_PROVIDER=local and --model small."),
      "\(refused.messages)")
    let advised = ["EMBEDDING_PROVIDER": "local"]
    #expect(await fixture.run("search", "--model", "small", "walks", environment: advised).code == .success)
  }

  @Test(arguments: [
    ("openai", "small", "this machine", "local"), ("cohere", "text-embedding-3-small", "OpenAI", "openai"),
  ])
  func aNameThatTheProviderCannotKnowIsRefusedWithTheOneThatKnowsIt(
    provider: String, name: String, owner: String, other: String
  ) async throws {
    let fixture = try fixture(with: "small")
    #expect(await fixture.run("add", fixture.documents, "--model", "small").code == .success)
    let setting = ["EMBEDDING_PROVIDER": provider]
    let refused = await fixture.run("search", "--model", name, "walks", environment: setting)
    #expect(refused.code == .usage)
    let reason = "EMBEDDING_PROVIDER is \(provider), and '\(name)' is a model of \(owner)."
    #expect(refused.messages.contains(reason), "\(refused.messages)")
    #expect(refused.messages.contains("Set EMBEDDING_PROVIDER=\(other) to use it."), "\(refused.messages)")
    let examined = await fixture.run("doctor", "--model", name, environment: setting)
    #expect(
      examined.output.contains(reason + "\n         Set EMBEDDING_PROVIDER=\(other)"), "\(examined.output)")
  }

  @Test func aServerOfOnesOwnMayCallItsModelsAsItLikes() async throws {
    let fixture = try fixture(with: "small")
    let setting = [
      "EMBEDDING_PROVIDER": "openai", "OPENAI_BASE_URL": "http://127.0.0.1:\(try freePort())/v1",
      "OPENAI_API_KEY": "key",
    ]
    let asked = await fixture.run("add", fixture.documents, "--model", "small", environment: setting)
    #expect(asked.code == .failure && asked.messages.contains("OPENAI_BASE_URL"), "\(asked.messages)")
    let examined = await fixture.run("doctor", "--model", "small", environment: setting)
    #expect(!examined.output.contains("fetch-model.sh"), "\(examined.output)")
  }

  @Test func aFlagCountsForMore() async throws {
    let fixture = try fixture(with: "other")
    let added = await fixture.run(
      "add", fixture.documents, "--model", "other", environment: ["EMBEDDING_MODEL": "nowhere"])
    #expect(added.code == .success, "\(added.messages)")
  }

  @Test func whereItsModelIsMissingTheScriptIsNamed() async throws {
    let fixture = try fixture(with: "other")
    let setting = ["EMBEDDING_MODEL": "multilingual-e5-small"]
    let command = "scripts/fetch-model.sh multilingual-e5-small"
    let added = await fixture.run("add", fixture.documents, environment: setting)
    #expect(added.code == .failure && added.messages.contains("Run '\(command)'"), "\(added.messages)")
    let examined = await fixture.run("doctor", environment: setting)
    #expect(examined.code == .failure && examined.output.contains(command), "\(examined.output)")
  }
}
