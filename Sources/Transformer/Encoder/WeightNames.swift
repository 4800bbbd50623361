/// How a family of models names its tensors.
struct WeightNames {
  private static let prefixes = ["", "bert.", "distilbert.", "roberta.", "model."]

  let prefix: String
  private let family: ModelConfiguration.Family

  /// Finds the prefix that the weights in `file` were saved with.
  init(family: ModelConfiguration.Family, in file: Safetensors) throws(TransformerError) {
    let word = "embeddings.word_embeddings.weight"
    guard let prefix = Self.prefixes.first(where: { file.tensors[$0 + word] != nil }) else {
      throw .tensor(name: word, file: file.path, reason: "it is missing")
    }
    self.prefix = prefix
    self.family = family
  }

  var words: String { prefix + "embeddings.word_embeddings.weight" }
  var positions: String { prefix + "embeddings.position_embeddings.weight" }
  var segments: String { prefix + "embeddings.token_type_embeddings.weight" }
  var embeddingNorm: String { prefix + "embeddings.LayerNorm" }
  /// The layer between the first token's vector and the classifier, with tanh after it.
  var pooler: String { family == .roberta ? "classifier.dense" : prefix + "pooler.dense" }
  var classifier: String { family == .roberta ? "classifier.out_proj" : "classifier" }

  private func layer(_ index: Int, _ bert: String, _ distilbert: String) -> String {
    family == .distilbert
      ? "\(prefix)transformer.layer.\(index).\(distilbert)" : "\(prefix)encoder.layer.\(index).\(bert)"
  }

  func query(_ i: Int) -> String { layer(i, "attention.self.query", "attention.q_lin") }
  func key(_ i: Int) -> String { layer(i, "attention.self.key", "attention.k_lin") }
  func value(_ i: Int) -> String { layer(i, "attention.self.value", "attention.v_lin") }
  func attentionOutput(_ i: Int) -> String { layer(i, "attention.output.dense", "attention.out_lin") }
  func attentionNorm(_ i: Int) -> String { layer(i, "attention.output.LayerNorm", "sa_layer_norm") }
  func up(_ i: Int) -> String { layer(i, "intermediate.dense", "ffn.lin1") }
  func down(_ i: Int) -> String { layer(i, "output.dense", "ffn.lin2") }
  func outputNorm(_ i: Int) -> String { layer(i, "output.LayerNorm", "output_layer_norm") }
}
