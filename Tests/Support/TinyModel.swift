/// A BERT with random weights, small enough to be computed again by other means in a test.
public struct TinyModel: Sendable {
  /// How tensors are stored in the file.
  public enum Storage: String, Sendable, CaseIterable {
    case f32 = "F32"
    case f16 = "F16"
    case bf16 = "BF16"
  }

  public static let pieces =
    [
      "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "robot", "##ed", "walk", "##ing", "balance", ".", ",",
      "the",
    ]
    + "abcdefghijklmnopqrstuvwxyz".map(String.init) + "abcdefghijklmnopqrstuvwxyz".map { "##\($0)" }

  // No size is a multiple of a vector's, so that padding is exercised.
  public var hidden = 40
  public var heads = 2
  public var layers = 2
  public var inner = 72
  public let positions: Int
  public var activation = "gelu"
  public var labels = 3
  /// What the names of the encoder's tensors begin with.
  public var prefix = ""
  public var storage = Storage.f32
  public var poolingMode = "pooling_mode_mean_tokens"
  public var prompts = "{}"
  public var maximumTokens = 32
  /// Tensors by name without prefix, as (shape, row-major values).
  public var tensors: [String: (shape: [Int], values: [Float])] = [:]

  public init(seed: UInt64 = 1, positions: Int = 48) {
    self.positions = positions
    var random = SeededGenerator(seed)
    func add(_ name: String, _ shape: [Int], scale: Float, around centre: Float = 0) {
      let count = shape.reduce(1, *)
      tensors[name] = (shape, (0..<count).map { _ in centre + scale * random.value() })
    }
    func linear(_ name: String, _ outputs: Int, _ inputs: Int) {
      add(name + ".weight", [outputs, inputs], scale: 0.3)
      add(name + ".bias", [outputs], scale: 0.2)
    }
    func norm(_ name: String) {
      add(name + ".weight", [hidden], scale: 0.2, around: 1)
      add(name + ".bias", [hidden], scale: 0.2)
    }
    add("embeddings.word_embeddings.weight", [Self.pieces.count, hidden], scale: 1)
    add("embeddings.position_embeddings.weight", [positions, hidden], scale: 0.5)
    add("embeddings.token_type_embeddings.weight", [2, hidden], scale: 0.5)
    norm("embeddings.LayerNorm")
    for layer in 0..<layers {
      let name = "encoder.layer.\(layer)"
      for part in [
        "attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense",
      ] {
        linear("\(name).\(part)", hidden, hidden)
      }
      norm("\(name).attention.output.LayerNorm")
      linear("\(name).intermediate.dense", inner, hidden)
      linear("\(name).output.dense", hidden, inner)
      norm("\(name).output.LayerNorm")
    }
    linear("pooler.dense", hidden, hidden)
    linear("classifier", labels, hidden)
  }

  /// Writes all files of the model into `folder`.
  public func write(to folder: ModelFolder) {
    folder.write("config.json", configuration)
    folder.write("vocab.txt", Self.pieces.joined(separator: "\n") + "\n")
    folder.write("tokenizer_config.json", #"{"do_lower_case": true}"#)
    folder.write(
      "modules.json",
      """
      [{"idx": 0, "path": "", "type": "sentence_transformers.models.Transformer"},
       {"idx": 1, "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
       {"idx": 2, "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"}]
      """)
    folder.write(
      "1_Pooling/config.json", "{\"word_embedding_dimension\": \(hidden), \"\(poolingMode)\": true}")
    folder.write("sentence_bert_config.json", "{\"max_seq_length\": \(maximumTokens)}")
    folder.write("config_sentence_transformers.json", "{\"prompts\": \(prompts)}")
    folder.write("model.safetensors", weightsFile)
  }

  public var configuration: String {
    """
    {"model_type": "bert", "vocab_size": \(Self.pieces.count), "hidden_size": \(hidden),
     "num_hidden_layers": \(layers), "num_attention_heads": \(heads), "intermediate_size": \(inner),
     "hidden_act": "\(activation)", "max_position_embeddings": \(positions), "type_vocab_size": 2,
     "layer_norm_eps": 1e-12, "id2label": {\((0..<labels).map { "\"\($0)\": \"L\($0)\"" }.joined(separator: ", "))}}
    """
  }

  /// The values as they come back from the file.
  public func stored(_ name: String) -> [Float] {
    (tensors[name]?.values ?? []).map { value in
      switch storage {
      case .f32: value
      case .f16: HalfFloat.decode(HalfFloat.encode(value))
      case .bf16: Float(bitPattern: value.bitPattern & 0xFFFF_0000)
      }
    }
  }

  public var weightsFile: [UInt8] {
    var data: [UInt8] = []
    var entries: [String] = []
    for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) {
      let start = data.count
      for value in tensor.values {
        switch storage {
        case .f32: withUnsafeBytes(of: value.bitPattern.littleEndian) { data += $0 }
        case .f16: withUnsafeBytes(of: HalfFloat.encode(value).littleEndian) { data += $0 }
        case .bf16: withUnsafeBytes(of: UInt16(value.bitPattern >> 16).littleEndian) { data += $0 }
        }
      }
      let full = name == "classifier.weight" || name == "classifier.bias" ? name : prefix + name
      entries.append(
        "\"\(full)\":{\"dtype\":\"\(storage.rawValue)\",\"shape\":\(tensor.shape),\"data_offsets\":[\(start),\(data.count)]}"
      )
    }
    let header = Array("{\(entries.joined(separator: ","))}".utf8)
    return withUnsafeBytes(of: UInt64(header.count).littleEndian) { Array($0) } + header + data
  }
}
