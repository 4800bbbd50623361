import TestSupport
import Testing

@testable import Models

@Suite struct CosineScaleTests {
  @Test func `the unrelated come to 0 and the same to 1, and back`() {
    let scale = CosineScale(unrelated: 0.75, unrelatedTokens: 0.5)
    #expect([0.75, 0.875, 1, 0.5].map(scale.stretched) == [0, 0.5, 1, -1])
    #expect([0.5, 0.75, 1].map(scale.stretchedTokens) == [0, 0.5, 1])
    #expect([0, 0.5, 1].map(scale.cosine) == [0.75, 0.875, 1])
    #expect([-0.5, 0, 0.3, 1].map(CosineScale().stretched) == [-0.5, 0, 0.3, 1])
  }

  @Test func `a file of the model's folder says it, or it is measured`() throws {
    let folder = ModelFolder()
    TinyModel().write(to: folder)
    let directory = ModelDirectory(path: folder.path, source: .flag)
    let measured = try LocalEmbeddingModel(directory: directory)
    #expect(
      measured.cosineScale == CosineScale(nil, measuring: measured.encoder, ModelPrompts([:], model: "")))
    folder.write(CosineScale.file, #"{"unrelated_cosine": 0.75, "unrelated_token_cosine": 0.5}"#)
    #expect(
      try LocalEmbeddingModel(directory: directory).cosineScale
        == CosineScale(unrelated: 0.75, unrelatedTokens: 0.5))
    folder.write(CosineScale.file, #"{"unrelated_cosine": 0.75, "cosine_lost_across_languages": 0.05}"#)
    #expect(
      try LocalEmbeddingModel(directory: directory).cosineScale
        == CosineScale(unrelated: 0.75, lossAcrossLanguages: 0.05))
    folder.write(CosineScale.file, "{}")
    #expect(try LocalEmbeddingModel(directory: directory).cosineScale == CosineScale())
  }

  @Test func `what nobody says is told from questions and their answers`() {
    let narrow = CosineScale(
      texts: .init(unrelated: 0.73, related: 0.87), tokens: .init(unrelated: 0.67, related: 0.86))
    // What the default model has for the unrelated.
    #expect(abs(narrow.stretched(0.73) - 0.04) < 1e-9)
    #expect(abs(narrow.stretchedTokens(0.67) - 0.11) < 1e-9)
    let usual = CosineScale(
      texts: .init(unrelated: 0.1, related: 0.6), tokens: .init(unrelated: 0.15, related: 0.7))
    #expect(usual == CosineScale())
    // A model that tells nothing apart.
    let blind = CosineScale(
      texts: .init(unrelated: 0.95, related: 0.96), tokens: .init(unrelated: 0.9, related: 0.9))
    #expect(blind == CosineScale())
  }

  @Test func `what is lost across languages is told from translated questions`() throws {
    let own = CosineScale.Means(unrelated: 0.74, related: 0.86)
    let loss = CosineScale.loss(own, across: .init(unrelated: 0.72, related: 0.81))
    #expect(abs(try #require(loss) - 0.05) < 1e-9)
    // Translations that come as near, or nearer.
    #expect(CosineScale.loss(own, across: .init(unrelated: 0.74, related: 0.87)) == 0)
    // A model for one language finds hardly more than strangers.
    #expect(
      CosineScale.loss(
        .init(unrelated: 0.04, related: 0.63), across: .init(unrelated: 0.02, related: 0.13)) == nil)
    // One that tells nothing apart.
    #expect(
      CosineScale.loss(
        .init(unrelated: 0.9, related: 0.92), across: .init(unrelated: 0.9, related: 0.92)) == nil)
    // A loss is that of a stretched cosine, too.
    #expect(CosineScale(unrelated: 0.75, lossAcrossLanguages: 0.05).stretchedLossAcrossLanguages == 0.2)
    #expect(CosineScale().stretchedLossAcrossLanguages == 0)
  }

  @Test(arguments: [
    ("unrelated", "it is not JSON"),
    (#"{"unrelated_cosine": 1}"#, "its 'unrelated_cosine' is not a number from 0 up to 1"),
    (
      #"{"cosine_lost_across_languages": -1}"#,
      "its 'cosine_lost_across_languages' is not a number from 0 up to 1"
    ),
    (#"{"unrelated_token_cosine": "much"}"#, "its 'unrelated_token_cosine' is not a number from 0 up to 1"),
  ])
  func `one that cannot be understood is named with the reason`(text: String, reason: String) {
    let folder = ModelFolder()
    TinyModel().write(to: folder)
    let path = folder.write(CosineScale.file, text)
    #expect(throws: LocalModelError.malformedScale(path: path, reason: reason)) {
      try LocalEmbeddingModel(directory: ModelDirectory(path: folder.path, source: .flag))
    }
  }
}
