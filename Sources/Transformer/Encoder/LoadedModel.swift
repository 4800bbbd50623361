/// The encoder and tokenizer in one directory, checked to belong together.
struct LoadedModel: Sendable {
  let encoder: BERTEncoder
  let tokenizer: Tokenizer
  let weights: Safetensors
  let names: WeightNames

  init(directory: String, precision: Precision) throws(TransformerError) {
    let configuration = try ModelConfiguration(path: directory + "/config.json")
    let tokenizer = try Tokenizer(directory: directory)
    guard Int(tokenizer.largestID) < configuration.vocabularySize else {
      throw .malformed(
        file: directory + "/config.json",
        reason:
          "its 'vocab_size' is \(configuration.vocabularySize) and the tokenizer has id \(tokenizer.largestID)"
      )
    }
    let file = directory + "/model.safetensors"
    if !MappedFile.exists(file) {
      for other in ["pytorch_model.bin", "model.safetensors.index.json", "tf_model.h5"]
      where MappedFile.exists("\(directory)/\(other)") {
        throw .unsupported(
          file: "\(directory)/\(other)", reason: "its weights have to be in one file, 'model.safetensors'")
      }
    }
    let weights = try Safetensors(path: file)
    let names = try WeightNames(family: configuration.family, in: weights)
    encoder = BERTEncoder(
      configuration: configuration,
      weights: try EncoderWeights(weights, names: names, configuration: configuration, precision: precision),
      precision: precision)
    self.tokenizer = tokenizer
    self.weights = weights
    self.names = names
  }
}
