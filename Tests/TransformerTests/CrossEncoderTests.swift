import TestSupport
import Testing

@testable import Transformer

struct CrossEncoderTests {
  @Test(arguments: [1, 3])
  func `scores are the classifier's logits for both texts in their segments`(labels: Int) async throws {
    var model = TinyModel(seed: 3)
    model.prefix = "bert."
    model.labels = labels
    model.tensors["classifier.weight"]?.shape[0] = labels
    model.tensors["classifier.bias"]?.shape[0] = labels
    model.tensors["classifier.weight"]?.values.removeLast((3 - labels) * model.hidden)
    model.tensors["classifier.bias"]?.values.removeLast(3 - labels)
    let folder = ModelFolder()
    model.write(to: folder)
    let encoder = try CrossEncoder(directory: folder.path)
    let documents = ["the robot walks", "", "balance."]
    let scores = try await encoder.score(query: "walking robots", documents: documents)
    #expect(scores.count == documents.count * labels)
    let reference = ReferenceEncoder(model: model)
    for (index, document) in documents.enumerated() {
      let pair = encoder.tokenizer.encode("walking robots", document)
      let states = reference.hiddenStates(pair.ids, firstSegment: pair.firstCount)
      let expected = reference.logits(states[0])
      #expect(largestDifference(Array(scores[index * labels..<(index + 1) * labels]), expected) < 2e-5)
    }
  }

  @Test func `a model without a classifier is refused by the tensor's name`() {
    var model = TinyModel()
    model.tensors["classifier.weight"] = nil
    let folder = ModelFolder()
    model.write(to: folder)
    #expect {
      try CrossEncoder(directory: folder.path)
    } throws: {
      "\($0)" == "Tensor 'classifier.weight' in '\(folder.path)/model.safetensors': it is missing."
    }
  }
}
