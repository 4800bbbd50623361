import Glibc
import Testing

@testable import Transformer

/// The real model against the Python reference; needs its files on this machine.
struct MiniLMTests {
  static let directory: String = {
    if let path = getenv("FOOTNOTE_MODEL_DIR") { return String(cString: path) }
    let home = getenv("HOME").map { String(cString: $0) } ?? "/root"
    return home + "/.cache/footnote/models/all-MiniLM-L6-v2"
  }()

  private static let condition: ConditionTrait = .enabled(
    if: MappedFile.exists(directory + "/model.safetensors"),
    "all-MiniLM-L6-v2 is not in FOOTNOTE_MODEL_DIR or ~/.cache/footnote/models; scripts/quickstart.sh fetches it"
  )

  @Test(condition, arguments: [(Precision.f32, 0.9999), (.bf16, 0.999), (.int8, 0.99)])
  func `vectors are those of sentence-transformers`(precision: Precision, least: Double) async throws {
    let encoder = try SentenceEncoder(directory: Self.directory, options: .init(precision: precision))
    let texts = try ReferenceSample.load().texts.filter { !$0.vector.isEmpty }
    #expect(texts.count > 30)
    let vectors = try await encoder.embed(texts.map(\.text))
    for (index, text) in texts.enumerated() {
      let row = vectors[index * encoder.dimensions..<(index + 1) * encoder.dimensions]
      #expect(cosine(row, text.vector) > least, "\(text.text.prefix(60).debugDescription)")
    }
  }

  @Test(condition) func `ids are those of the Python library with the whole vocabulary`() throws {
    let tokenizer = try Tokenizer(directory: Self.directory)
    for text in try ReferenceSample.load().texts {
      #expect(tokenizer.encode(text.text, maximum: 256) == text.ids, "\(text.text.debugDescription)")
    }
  }
}
