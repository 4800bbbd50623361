import TestSupport
import Testing
import Transformer

@testable import Models

struct LocalRerankModelTests {
  private let documents = ["the robot walks", "", "balance.", "walking robots balance"]

  private func folder(labels: Int) -> ModelFolder {
    var model = TinyModel(seed: 3)
    model.prefix = "bert."
    model.labels = labels
    for name in ["classifier.weight", "classifier.bias"] {
      model.tensors[name]?.shape[0] = labels
      model.tensors[name]?.values.removeLast((3 - labels) * (name == "classifier.weight" ? model.hidden : 1))
    }
    let folder = ModelFolder()
    model.write(to: folder)
    return folder
  }

  @Test(arguments: [1, 2])
  func `scores lie between 0 and 1 and rank as the logits do`(labels: Int) async throws {
    let folder = folder(labels: labels)
    let model = try LocalRerankModel(directory: ModelDirectory(path: folder.path, source: .rerankEnvironment))
    let scores = try await model.scores(of: documents, for: "walking robots")
    let logits = try await CrossEncoder(directory: folder.path).score(
      query: "walking robots", documents: documents)
    #expect(scores.count == documents.count && scores.allSatisfy { $0 > 0 && $0 < 1 })
    let margins = documents.indices.map {
      labels == 1 ? logits[$0] : logits[2 * $0 + 1] - logits[2 * $0]
    }
    #expect(
      scores.indices.sorted { scores[$0] > scores[$1] }
        == margins.indices.sorted { margins[$0] > margins[$1] })
    #expect(try await model.scores(of: [], for: "walking robots") == [])
    #expect(model.name == ModelDirectory(path: folder.path, source: .flag).name)
  }

  @Test func `a classifier of more labels is no reranker`() {
    let folder = folder(labels: 3)
    #expect {
      try LocalRerankModel(directory: ModelDirectory(path: folder.path, source: .flag))
    } throws: {
      "\($0)".contains("a reranker has one label or two, and this model has 3")
    }
  }

  @Test func `the reranker's folder comes from its variable, else from the cache`() throws {
    let folder = folder(labels: 1)
    #expect(
      try ModelDirectory.locateReranker(environment: ["RERANK_MODEL_DIR": folder.path + "/"]).path
        == folder.path)
    #expect {
      try ModelDirectory.locateReranker(environment: ["HOME": folder.path])
    } throws: {
      let text = "\($0)"
      return text.contains("'\(folder.path)/.cache/footnote/models/ms-marco-MiniLM-L6-v2'")
        && text.contains("RERANK_MODEL_DIR") && text.contains("RERANK_PROVIDER")
    }
  }
}
