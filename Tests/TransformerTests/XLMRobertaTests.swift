import TestSupport
import Testing

@testable import Transformer

/// A small XLM-RoBERTa with random weights, and what `transformers` gives with it, written by
/// `scripts/unigram-reference.py`.
struct XLMRobertaTests {
  private static let folder = UnigramReference.folder("xlm-roberta")

  @Test(arguments: [(Precision.f32, 0.999999), (.bf16, 0.9995), (.int8, 0.998)])
  func `vectors are those of XLMRobertaModel`(precision: Precision, least: Double) async throws {
    let encoder = try SentenceEncoder(directory: Self.folder, options: .init(precision: precision))
    // Two of the fifty positions come before the first token's.
    #expect(encoder.maximumTokens == 48 && encoder.pooling == .mean)
    let texts = try UnigramReference.load("xlm-roberta").texts.filter { $0.vector?.isEmpty == false }
    #expect(texts.count > 30)
    // The token <pad> has a position of its own and is not counted.
    #expect(texts.contains { $0.text.contains("<pad>") })
    let vectors = try await encoder.embed(texts.map(\.text))
    for (index, text) in texts.enumerated() {
      let row = vectors[index * encoder.dimensions..<(index + 1) * encoder.dimensions]
      #expect(cosine(row, text.vector ?? []) > least, "\(text.text.debugDescription)")
    }
  }

  @Test(arguments: [(Precision.f32, 0.0005), (.bf16, 0.02), (.int8, 0.05)])
  func `logits are those of XLMRobertaForSequenceClassification`(precision: Precision, most: Double)
    async throws
  {
    let encoder = try CrossEncoder(directory: Self.folder, precision: precision)
    #expect(encoder.labels == 1 && encoder.maximumTokens == 48)
    let pairs = try UnigramReference.load("xlm-roberta").pairs
    var scores: [Double] = []
    for pair in pairs {
      guard let logit = pair.logit else { continue }
      let logits = try await encoder.score(query: pair.first, documents: [pair.second])
      #expect(largestDifference(logits, [logit]) < most, "\(pair.first) \(pair.second): \(logits) \(logit)")
      scores.append(logit)
    }
    #expect(scores.count == 7 && (scores.max() ?? 0) - (scores.min() ?? 0) > 0.5)
  }

  @Test func `a BERT takes a Unigram tokenizer and counts its positions from the first token`() async throws {
    var model = TinyModel(seed: 4)
    model.prefix = "bert."
    let folder = ModelFolder()
    model.write(to: folder)
    let letters = "▁abcdefghijklmnopqrstuvwxyz".map { #"["\#($0)",-3]"# }
    folder.write(
      "tokenizer.json",
      """
      {"added_tokens":[],"pre_tokenizer":{"type":"Metaspace"},
       "post_processor":{"type":"RobertaProcessing","sep":["</s>",2],"cls":["<s>",0]},
       "model":{"unk_id":3,"vocab":[["<s>",0],["<pad>",0],["</s>",0],["<unk>",0],\(letters.joined(separator: ","))]}}
      """)
    let encoder = try SentenceEncoder(directory: folder.path)
    let ids = encoder.tokenizer.encode("robots walk")
    #expect(ids.count == 2 + 12 && !ids.contains(3))
    let vector = try await encoder.embed(["robots walk"], normalized: false)
    #expect(largestDifference(vector, ReferenceEncoder(model: model).mean(ids)) < 2e-5)
  }

  @Test func `a cross-encoder needs its classifier`() throws {
    let folder = ModelFolder()
    TinyModel().write(to: folder)
    folder.write(
      "config.json", TinyModel().configuration.replacing("\"bert\"", with: "\"roberta\""))
    #expect { try CrossEncoder(directory: folder.path) } throws: {
      "\($0)".contains("Tensor 'classifier.dense.weight'")
    }
  }

  @Test func `a padding token beyond the positions is refused`() {
    let folder = ModelFolder()
    TinyModel().write(to: folder)
    let text = TinyModel().configuration.replacing(
      "\"model_type\": \"bert\"", with: "\"model_type\": \"xlm-roberta\", \"pad_token_id\": 47")
    folder.write("config.json", text)
    #expect { try SentenceEncoder(directory: folder.path) } throws: {
      "\($0)".contains("its 'pad_token_id' is 47 and it has 48 positions")
    }
  }
}
