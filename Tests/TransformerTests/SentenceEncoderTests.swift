import TestSupport
import Testing

@testable import Transformer

struct SentenceEncoderTests {
  private static let texts = [
    "robots walking.", "", "the robot balances, the robot walks", "zzz qqq", "a",
    String(repeating: "the robot ", count: 40), "balance balance balance balance balance balance.",
  ]

  @Test(arguments: ["", "bert."], TinyModel.Storage.allCases)
  func `vectors are those of a plain forward pass`(prefix: String, storage: TinyModel.Storage)
    async throws
  {
    var model = TinyModel()
    model.prefix = prefix
    model.storage = storage
    let encoder = try load(model)
    let reference = ReferenceEncoder(model: model)
    let expected = Self.texts.flatMap {
      reference.mean(encoder.tokenizer.encode($0, maximum: encoder.maximumTokens))
    }
    let vectors = try await encoder.embed(Self.texts, normalized: false)
    #expect(largestDifference(vectors, expected) < 2e-5)
  }

  @Test(arguments: ["gelu", "gelu_new", "relu", "silu"])
  func `each activation is the one that the configuration names`(activation: String) async throws {
    var model = TinyModel(seed: 5)
    model.activation = activation
    let encoder = try load(model)
    let vector = try await encoder.embed(["robots walk"], normalized: false)
    let expected = ReferenceEncoder(model: model).mean(encoder.tokenizer.encode("robots walk"))
    #expect(largestDifference(vector, expected) < 2e-5)
  }

  @Test(arguments: [
    ("pooling_mode_mean_tokens", Pooling.mean), ("pooling_mode_cls_token", .cls),
    ("pooling_mode_max_tokens", .max),
    ("pooling_mode_mean_sqrt_len_tokens", .meanSqrtLength),
  ])
  func `pooling is the one that the model's files name`(mode: String, pooling: Pooling) async throws {
    var model = TinyModel()
    model.poolingMode = mode
    let encoder = try load(model)
    #expect(encoder.pooling == pooling)
    let text = "the robot walks"
    let rows = ReferenceEncoder(model: model).hiddenStates(encoder.tokenizer.encode(text))
    let expected = (0..<model.hidden).map { column in
      let values = rows.map { $0[column] }
      let sum = values.reduce(0, +)
      return switch pooling {
      case .mean: sum / Double(values.count)
      case .cls: values[0]
      case .max: values.max() ?? 0
      case .meanSqrtLength: sum / Double(values.count).squareRoot()
      }
    }
    #expect(largestDifference(try await encoder.embed([text], normalized: false), expected) < 2e-5)
  }

  @Test func `a text's vector does not depend on the texts beside it`() async throws {
    let encoder = try load(TinyModel())
    let together = try await encoder.embed(Self.texts)
    for (index, text) in Self.texts.enumerated() {
      let alone = try await encoder.embed([text])
      let row = together[index * encoder.dimensions..<(index + 1) * encoder.dimensions]
      #expect(cosine(alone, row) > 0.999999, "\(text)")
      #expect(abs(row.reduce(0) { $0 + $1 * $1 } - 1) < 1e-5)
    }
  }

  @Test(arguments: [(Precision.bf16, 0.9995), (.int8, 0.999)])
  func `lower precision stays close to 32-bit floats`(precision: Precision, least: Double) async throws {
    let exact = try await load(TinyModel()).embed(Self.texts)
    let encoder = try load(TinyModel(), precision: precision)
    let approximate = try await encoder.embed(Self.texts)
    for row in Self.texts.indices {
      let range = row * encoder.dimensions..<(row + 1) * encoder.dimensions
      #expect(cosine(exact[range], approximate[range]) > least)
    }
  }

  @Test func `a text longer than the window is cut at its end`() async throws {
    let encoder = try load(TinyModel())
    #expect(encoder.maximumTokens == 32)
    let ids = encoder.tokenizer.encode(Self.texts[5], maximum: 32)
    #expect(ids.count == 32 && ids.last == encoder.tokenizer.template.end)
    let vector = try await encoder.embed([Self.texts[5]], normalized: false)
    #expect(largestDifference(vector, ReferenceEncoder(model: TinyModel()).mean(ids)) < 2e-5)
  }

  @Test(arguments: [0, 1, 3])
  func `tokens' vectors are the last hidden states of the same pass`(skipped: Int) async throws {
    let encoder = try load(TinyModel())
    let reference = ReferenceEncoder(model: TinyModel())
    let together = try await encoder.embedWithTokens(
      Self.texts, skipping: Self.texts.map { _ in skipped }, { $0 })
    for (text, vectors) in zip(Self.texts, together) {
      let ids = encoder.tokenizer.encode(text, maximum: encoder.maximumTokens)
      let own = Array(ids.indices.dropFirst(1 + skipped).dropLast())
      #expect(vectors.ids == own.map { ids[$0] })
      let rows = reference.hiddenStates(ids)
      let expected = own.flatMap { token in
        let length = rows[token].reduce(0) { $0 + $1 * $1 }.squareRoot()
        return rows[token].map { $0 / length }
      }
      #expect(largestDifference(vectors.values, expected) < 2e-5)
      #expect(cosine(vectors.vector, try await encoder.embed([text])[...]) > 0.999999)
      // One short text goes another way.
      let alone = try await encoder.embedWithTokens([text], skipping: [skipped], { $0 })
      #expect(alone.count == 1 && alone[0].ids == vectors.ids)
      #expect(largestDifference(alone[0].values, expected) < 2e-5)
    }
  }

  @Test func `no texts give no vectors`() async throws {
    #expect(try await load(TinyModel()).embed([]).isEmpty)
    #expect(try await load(TinyModel()).embedWithTokens([], skipping: [], { $0 }).isEmpty)
  }

  @Test func `many texts at once keep their order`() async throws {
    let encoder = try load(TinyModel())
    let texts = (0..<300).map { "robot " + String(repeating: "walk ", count: $0 % 23) + "\($0)" }
    let vectors = try await encoder.embed(texts)
    for index in stride(from: 0, to: texts.count, by: 37) {
      let alone = try await encoder.embed([texts[index]])
      #expect(
        cosine(alone, vectors[index * encoder.dimensions..<(index + 1) * encoder.dimensions]) > 0.999999)
    }
  }

  @Test func `cancelling a task ends its embedding`() async throws {
    let encoder = try load(TinyModel())
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await encoder.embed(Self.texts)
    }
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  private func load(_ model: TinyModel, precision: Precision = .f32) throws -> SentenceEncoder {
    let folder = ModelFolder()
    model.write(to: folder)
    return try SentenceEncoder(
      directory: folder.path, options: .init(precision: precision, pool: WorkerPool(count: 2)))
  }
}
