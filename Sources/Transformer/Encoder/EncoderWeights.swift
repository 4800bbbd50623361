/// The weights of a BERT encoder: matrices packed once, the word embeddings left in the mapped file.
struct EncoderWeights: Sendable {
  /// Gain and bias of a layer norm.
  struct Norm: Sendable {
    var gain: [Float]
    var bias: [Float]
  }

  struct Layer: Sendable {
    /// Queries (scaled by one over the root of the head size), keys and values in one product.
    var attention: PackedLinear
    var attentionOutput: PackedLinear
    var attentionNorm: Norm
    var up: PackedLinear
    var down: PackedLinear
    var outputNorm: Norm
  }

  let words: WordEmbeddings
  let positions: [Float]
  let segments: [Float]
  let embeddingNorm: Norm
  let layers: [Layer]

  init(
    _ file: Safetensors, names: WeightNames, configuration: ModelConfiguration, precision: Precision
  ) throws(TransformerError) {
    let reader = Reader(file: file, precision: precision)
    let size = configuration.hiddenSize
    words = try WordEmbeddings(file, name: names.words, rows: configuration.vocabularySize, columns: size)
    positions = try file.floats(names.positions, shape: [configuration.positionRows, size])
    segments =
      configuration.segments == 0
      ? [] : try file.floats(names.segments, shape: [configuration.segments, size])
    embeddingNorm = try reader.norm(names.embeddingNorm, size)
    var layers: [Layer] = []
    for index in 0..<configuration.layers {
      layers.append(try reader.layer(index, names: names, configuration: configuration))
    }
    self.layers = layers
  }

  /// Reads and packs the parts of a layer.
  struct Reader {
    let file: Safetensors
    let precision: Precision

    func norm(_ name: String, _ size: Int) throws(TransformerError) -> Norm {
      // Checkpoints converted from TensorFlow call them gamma and beta.
      let isOld = file.tensors[name + ".weight"] == nil && file.tensors[name + ".gamma"] != nil
      return Norm(
        gain: try file.floats(name + (isOld ? ".gamma" : ".weight"), shape: [size]),
        bias: try file.floats(name + (isOld ? ".beta" : ".bias"), shape: [size]))
    }

    func linear(_ name: String, outputs: Int, inputs: Int) throws(TransformerError) -> PackedLinear {
      PackedLinear(
        weights: try file.floats(name + ".weight", shape: [outputs, inputs]),
        bias: try file.floats(name + ".bias", shape: [outputs]), precision: precision)
    }

    func layer(
      _ index: Int, names: WeightNames, configuration: ModelConfiguration
    ) throws(TransformerError) -> Layer {
      let size = configuration.hiddenSize
      let inner = configuration.intermediateSize
      let scale = 1 / Float(configuration.headSize).squareRoot()
      var weights = try file.floats(names.query(index) + ".weight", shape: [size, size])
      var bias = try file.floats(names.query(index) + ".bias", shape: [size])
      weights.withUnsafeMutableBufferPointer { Kernels.best.scale($0, by: scale) }
      bias.withUnsafeMutableBufferPointer { Kernels.best.scale($0, by: scale) }
      for name in [names.key(index), names.value(index)] {
        weights += try file.floats(name + ".weight", shape: [size, size])
        bias += try file.floats(name + ".bias", shape: [size])
      }
      return Layer(
        attention: PackedLinear(weights: weights, bias: bias, precision: precision),
        attentionOutput: try linear(names.attentionOutput(index), outputs: size, inputs: size),
        attentionNorm: try norm(names.attentionNorm(index), size),
        up: try linear(names.up(index), outputs: inner, inputs: size),
        down: try linear(names.down(index), outputs: size, inputs: inner),
        outputNorm: try norm(names.outputNorm(index), size))
    }
  }
}
