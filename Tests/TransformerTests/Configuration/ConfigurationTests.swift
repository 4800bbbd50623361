import TestSupport
import Testing

@testable import Transformer

struct ConfigurationTests {
  @Test(arguments: [
    ("{", "malformed", "at byte 1"), ("{}", "", "names no 'model_type'"),
    (#"{"model_type":"mpnet"}"#, "", "its architecture is 'mpnet'"),
    (#"{"model_type":"bert"}"#, "", "it has no 'vocab_size'"),
    (#"{"model_type":"bert","vocab_size":0}"#, "", "'vocab_size' is not a whole number from 1"),
    (#"{"model_type":"bert","vocab_size":1e300}"#, "", "'vocab_size' is not a whole number from 1"),
    (
      #"{"model_type":"bert","vocab_size":9,"hidden_size":99999999}"#, "",
      "'hidden_size' is not a whole number"
    ),
  ])
  func `an unusable configuration is refused with the reason`(json: String, kind: String, reason: String) {
    let folder = ModelFolder()
    let path = folder.write("config.json", json)
    #expect {
      try ModelConfiguration(path: path)
    } throws: {
      "\($0)".contains(reason) && "\($0)".contains(path)
    }
  }

  @Test(arguments: [
    (
      "\"num_attention_heads\": 2", "\"num_attention_heads\": 3",
      "hidden size 40 is not a multiple of 3 heads"
    ),
    ("\"hidden_act\": \"gelu\"", "\"hidden_act\": \"mish\"", "its activation 'mish' is not supported"),
    (
      "\"type_vocab_size\": 2", "\"position_embedding_type\": \"relative_key\"",
      "its positions are not learned absolute ones ('relative_key')"
    ),
    ("\"vocab_size\": 65", "\"vocab_size\": 60", "its 'vocab_size' is 60 and the tokenizer has id 64"),
    ("\"vocab_size\": 65", "\"vocab_size\": 70", "its shape is [65, 40] instead of [70, 40]"),
    ("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 3", "'encoder.layer.2.attention.self.query.weight'"),
    (
      "\"model_type\": \"bert\"", "\"model_type\": \"t5\"",
      "only 'bert', 'distilbert', 'roberta' and 'xlm-roberta' are"
    ),
  ])
  func `a model whose parts do not fit is refused`(old: String, new: String, reason: String) {
    let model = TinyModel()
    let folder = ModelFolder()
    model.write(to: folder)
    #expect(model.configuration.contains(old))
    folder.write("config.json", model.configuration.replacing(old, with: new))
    #expect { try SentenceEncoder(directory: folder.path) } throws: { "\($0)".contains(reason) }
  }

  @Test(arguments: [
    ("modules.json", #"{"a":1}"#, "it is not a list of modules"),
    (
      "modules.json", #"[{"path":"2_Dense","type":"sentence_transformers.models.Dense"}]"#,
      "Dense' is not supported"
    ),
    ("modules.json", #"[{"path":"../..","type":"x.Pooling"}]"#, "leaves the model's directory"),
    (
      "1_Pooling/config.json", #"{"pooling_mode_mean_tokens":true,"pooling_mode_cls_token":true}"#,
      "cls_token"
    ),
    ("1_Pooling/config.json", #"{"pooling_mode_lasttoken":true}"#, "its pooling is lasttoken"),
    ("sentence_bert_config.json", #"{"max_seq_length":1}"#, "not a number above 2"),
    ("model.safetensors", "short", "has no header"),
  ])
  func `a sentence model's own files are checked`(file: String, text: String, reason: String) {
    let folder = ModelFolder()
    TinyModel().write(to: folder)
    folder.write(file, text)
    #expect { try SentenceEncoder(directory: folder.path) } throws: { "\($0)".contains(reason) }
  }

  @Test func `a model with only PyTorch weights is refused by their name`() {
    let folder = ModelFolder()
    let model = TinyModel()
    folder.write("config.json", model.configuration)
    folder.write("vocab.txt", TinyModel.pieces.joined(separator: "\n"))
    folder.write("pytorch_model.bin", "x")
    #expect { try SentenceEncoder(directory: folder.path) } throws: { "\($0)".contains("pytorch_model.bin") }
  }

  @Test func `prompts and the window come from the model's files`() throws {
    var model = TinyModel()
    model.prompts = #"{"query": "query: ", "document": "passage: ", "x": null}"#
    let folder = ModelFolder()
    model.write(to: folder)
    let encoder = try SentenceEncoder(directory: folder.path)
    #expect(encoder.prompts == ["query": "query: ", "document": "passage: "])
    #expect(encoder.maximumTokens == 32)
    #expect(encoder.normalizes)
  }

  @Test func `a DistilBERT is loaded by its own names`() async throws {
    let model = TinyModel(seed: 9)
    let renames = [
      ("encoder.layer", "transformer.layer"), ("attention.self.query", "attention.q_lin"),
      ("attention.self.key", "attention.k_lin"), ("attention.self.value", "attention.v_lin"),
      ("attention.output.dense", "attention.out_lin"), ("attention.output.LayerNorm", "sa_layer_norm"),
      ("intermediate.dense", "ffn.lin1"), ("output.dense", "ffn.lin2"),
      ("output.LayerNorm", "output_layer_norm"),
    ]
    var distilled = model
    distilled.prefix = "distilbert."
    distilled.tensors = [:]
    for (name, tensor) in model.tensors where name != "embeddings.token_type_embeddings.weight" {
      distilled.tensors[renames.reduce(name) { $0.replacing($1.0, with: $1.1) }] = tensor
    }
    let folder = ModelFolder()
    distilled.write(to: folder)
    folder.write(
      "config.json",
      """
      {"model_type": "distilbert", "vocab_size": \(TinyModel.pieces.count), "dim": 40, "n_layers": 2, "n_heads": 2,
       "hidden_dim": 72, "activation": "gelu", "max_position_embeddings": 48, "sinusoidal_pos_embds": false}
      """)
    let encoder = try SentenceEncoder(directory: folder.path)
    let vector = try await encoder.embed(["robots walk"], normalized: false)
    var plain = model
    let none = [Float](repeating: 0, count: 2 * model.hidden)
    plain.tensors["embeddings.token_type_embeddings.weight"] = ([2, model.hidden], none)
    let expected = ReferenceEncoder(model: plain).mean(encoder.tokenizer.encode("robots walk"))
    #expect(largestDifference(vector, expected) < 2e-5)
  }
}
