/// The sizes and functions of a BERT or RoBERTa encoder, from its `config.json`.
struct ModelConfiguration: Sendable, Equatable {
  /// Families whose encoders are computed alike and name their weights differently.
  enum Family: String, Sendable {
    case bert
    case distilbert
    /// RoBERTa and XLM-RoBERTa.
    case roberta

    init?(modelType: String) {
      self.init(rawValue: modelType == "xlm-roberta" ? "roberta" : modelType)
    }
  }

  var family: Family
  var vocabularySize: Int
  var hiddenSize: Int
  var layers: Int
  var heads: Int
  var intermediateSize: Int
  var activation: Activation
  /// Rows of the position embeddings.
  var positionRows: Int
  /// The token that RoBERTa's positions are counted from: it has the row of its own number wherever it stands, and the
  /// others have the rows after that. Nil where every token counts and the first has row 0.
  var padding: Int32?
  /// Kinds of segments; 0 where the model has no segment embeddings.
  var segments: Int
  var epsilon: Float
  /// Outputs of the classification head, for models that have one.
  var labels: Int

  var headSize: Int { hiddenSize / heads }

  /// Tokens that one sequence may have.
  var positions: Int { positionRows - firstPosition }

  /// The row of the first token's position.
  var firstPosition: Int { padding.map { Int($0) + 1 } ?? 0 }

  init(path: String) throws(TransformerError) {
    try self.init(try JSONValue.read(path), file: path)
  }

  init(_ json: JSONValue, file: String) throws(TransformerError) {
    guard let type = json["model_type"]?.string else {
      throw .malformed(file: file, reason: "it names no 'model_type'")
    }
    guard let family = Family(modelType: type) else {
      throw .unsupported(
        file: file,
        reason:
          "its architecture is '\(type)', and only 'bert', 'distilbert', 'roberta' and 'xlm-roberta' are implemented"
      )
    }
    self.family = family
    let keys = Keys(family)
    let reader = SizeReader(json: json, file: file)
    vocabularySize = try reader.size("vocab_size")
    hiddenSize = try reader.size(keys.hidden)
    layers = try reader.size(keys.layers)
    heads = try reader.size(keys.heads)
    intermediateSize = try reader.size(keys.intermediate)
    positionRows = try reader.size("max_position_embeddings")
    segments = family == .distilbert ? 0 : try reader.size("type_vocab_size", default: 2)
    epsilon = Float(json["layer_norm_eps"]?.number ?? 1e-12)
    guard hiddenSize % heads == 0 else {
      throw .malformed(file: file, reason: "hidden size \(hiddenSize) is not a multiple of \(heads) heads")
    }
    let position = json["position_embedding_type"]?.string ?? "absolute"
    guard position == "absolute", json["sinusoidal_pos_embds"]?.boolean != true else {
      throw .unsupported(file: file, reason: "its positions are not learned absolute ones ('\(position)')")
    }
    let name = json[keys.activation]?.string ?? "gelu"
    guard let activation = Activation(configured: name) else {
      throw .unsupported(file: file, reason: "its activation '\(name)' is not supported")
    }
    self.activation = activation
    if family == .roberta {
      let value = json["pad_token_id"]?.integer ?? 1
      guard 0..<positionRows - 1 ~= value, let padding = Int32(exactly: value) else {
        throw .malformed(
          file: file, reason: "its 'pad_token_id' is \(value) and it has \(positionRows) positions")
      }
      self.padding = padding
    }
    labels = json["id2label"]?.object?.count ?? json["num_labels"]?.integer ?? 2
  }

  /// What each family calls the same thing.
  private struct Keys {
    var hidden, layers, heads, intermediate, activation: String

    init(_ family: Family) {
      switch family {
      case .bert, .roberta:
        (hidden, layers, heads) = ("hidden_size", "num_hidden_layers", "num_attention_heads")
        (intermediate, activation) = ("intermediate_size", "hidden_act")
      case .distilbert:
        (hidden, layers, heads) = ("dim", "n_layers", "n_heads")
        (intermediate, activation) = ("hidden_dim", "activation")
      }
    }
  }

  /// Reads sizes, none of them 0 or absurd.
  private struct SizeReader {
    /// Far above every published encoder, and low enough that products of three sizes cannot overflow.
    private static let largest = 1 << 20

    var json: JSONValue
    var file: String

    func size(_ key: String, default: Int? = nil) throws(TransformerError) -> Int {
      guard let value = json[key] else {
        guard let `default` else { throw .malformed(file: file, reason: "it has no '\(key)'") }
        return `default`
      }
      guard let size = value.integer, 1...Self.largest ~= size else {
        throw .malformed(file: file, reason: "its '\(key)' is not a whole number from 1 to \(Self.largest)")
      }
      return size
    }
  }
}
