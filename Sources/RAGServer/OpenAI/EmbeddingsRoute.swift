import FoundationEssentials
import HTTPServer
import Models

/// `POST /v1/embeddings`: vectors of the corpus's own embedding model. OpenAI's request does not say what a text is for;
/// the extra member `input_type` does (`query` or `document`, the default).
struct EmbeddingsRoute: Sendable {
  let model: any EmbeddingModel
  private static let mostInputs = 2048

  private struct Wanted {
    var texts: [String]
    var role: EmbeddingRole
    var isBase64: Bool
  }

  func add(to group: RouteGroup) {
    group.post("/embeddings") { request in
      let wanted = try parse(request.decodeJSON(JSONValue.self))
      let vectors = try await model.embed(wanted.texts, as: wanted.role)
      return try .reply(reply(vectors, wanted))
    }
  }

  private func reply(_ vectors: EmbeddingMatrix, _ wanted: Wanted) -> JSONValue {
    let data = (0..<vectors.count).map { row -> JSONValue in
      let embedding: JSONValue =
        wanted.isBase64
        ? .string(Self.base64(vectors[row])) : .array(vectors[row].map { .number(Double($0)) })
      return ["object": "embedding", "index": .integer(row), "embedding": embedding]
    }
    let tokens = wanted.texts.map { model.tokens.count($0) }.reduce(0, +)
    return [
      "object": "list", "data": .array(data), "model": .string(model.fingerprint.model),
      "usage": ["prompt_tokens": .integer(tokens), "total_tokens": .integer(tokens)],
    ]
  }

  /// Little-endian float32, one after the other.
  static func base64(_ vector: ArraySlice<Float>) -> String {
    var bytes = Data(capacity: vector.count * 4)
    for value in vector {
      withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
    }
    return bytes.base64EncodedString()
  }

  private func parse(_ body: JSONValue) throws -> Wanted {
    guard let name = body["model"]?.string, !name.isEmpty else { throw OpenAIError.missing("model") }
    guard name == model.fingerprint.model || name == ChatModels.standard else {
      throw OpenAIError.noModel(name)
    }
    let texts = try texts(body["input"])
    if let dimensions = body["dimensions"], dimensions != .null,
      dimensions.integer != model.fingerprint.dimensions
    {
      throw OpenAIError.invalid(
        "dimensions",
        "vectors of '\(model.fingerprint.model)' have \(model.fingerprint.dimensions) values here.")
    }
    let role: EmbeddingRole
    switch body["input_type"] ?? .null {
    case .null, "document", "search_document": role = .document
    case "query", "search_query": role = .query
    default: throw OpenAIError.invalid("input_type", "expected 'document' or 'query'.")
    }
    switch body["encoding_format"] ?? .null {
    case .null, "float": return Wanted(texts: texts, role: role, isBase64: false)
    case "base64": return Wanted(texts: texts, role: role, isBase64: true)
    default: throw OpenAIError.invalid("encoding_format", "expected 'float' or 'base64'.")
    }
  }

  private func texts(_ input: JSONValue?) throws -> [String] {
    let texts: [String]
    switch input ?? .null {
    case .null: throw OpenAIError.missing("input")
    case .string(let text): texts = [text]
    case .array(let list):
      guard (1...Self.mostInputs).contains(list.count) else {
        throw OpenAIError.invalid("input", "expected 1 to \(Self.mostInputs) texts, found \(list.count).")
      }
      texts = try list.map { element in
        if let text = element.string { return text }
        if element.integer != nil || element.array != nil {
          throw OpenAIError.unsupported(
            "input", "cannot be tokens here, which mean something else to each model: send texts.")
        }
        throw OpenAIError.invalid("input", "expected a text or a list of texts.", code: "invalid_type")
      }
    default: throw OpenAIError.invalid("input", "expected a text or a list of texts.", code: "invalid_type")
    }
    guard !texts.contains(where: { $0.allSatisfy(\.isWhitespace) }) else {
      throw OpenAIError.invalid("input", "a text is empty.")
    }
    return texts
  }
}
