internal import CTransformerKernels

/// The BERT encoder, and RoBERTa's, which differs by its positions: embeddings, then layers of attention and
/// feed-forward, each followed by a layer norm (Devlin et al., "BERT", 2019; post-norm as in Vaswani et al., "Attention Is All You Need", 2017).
struct BERTEncoder: Sendable {
  let configuration: ModelConfiguration
  let weights: EncoderWeights
  let precision: Precision

  /// Computes the last hidden states of `batch` into `workspace.hidden`, a row a token.
  func run(_ batch: TokenBatch, in workspace: Workspace) {
    workspace.reserve(
      tokens: batch.ids.count, longest: batch.lengths.max() ?? 0, hidden: configuration.hiddenSize,
      inner: configuration.intermediateSize, headSize: configuration.headSize)
    embed(batch, in: workspace)
    for layer in weights.layers { run(layer, batch, in: workspace) }
  }

  private func embed(_ batch: TokenBatch, in workspace: Workspace) {
    let size = configuration.hiddenSize
    let stride = workspace.hiddenStride
    let kernels = workspace.kernels
    var row = workspace.hidden.start
    var index = 0
    weights.positions.withUnsafeBufferPointer { positions in
      weights.segments.withUnsafeBufferPointer { segments in
        for (sequence, length) in batch.lengths.enumerated() {
          precondition(length <= configuration.positions)
          var position = configuration.firstPosition
          for place in 0..<length {
            let id = batch.ids[index]
            weights.words.copy(id, to: row, kernels: kernels)
            let isPadding = id == configuration.padding
            if let start = positions.baseAddress {
              let own = isPadding ? configuration.firstPosition - 1 : position
              fn_add(kernels.pointer, size, start + own * size, row)
            }
            if !isPadding { position += 1 }
            if let start = segments.baseAddress {
              let isSecond = place >= batch.firstSegments[sequence] && configuration.segments > 1
              fn_add(kernels.pointer, size, start + (isSecond ? size : 0), row)
            }
            // The padding is read as zeros by the products.
            for column in size..<stride { row[column] = 0 }
            index += 1
            row += stride
          }
        }
      }
    }
    normalize(workspace.hidden.start, rows: batch.ids.count, adding: nil, weights.embeddingNorm, workspace)
  }

  private func run(_ layer: EncoderWeights.Layer, _ batch: TokenBatch, in workspace: Workspace) {
    let rows = batch.ids.count
    let stride = workspace.hiddenStride
    let wide = workspace.projectedStride
    for first in Swift.stride(from: 0, to: rows, by: Workspace.block) {
      workspace.apply(
        layer.attention, rows: min(Workspace.block, rows - first),
        input: workspace.hidden.start + first * stride, stride: stride,
        output: workspace.projected.start + first * wide, outputStride: wide)
    }
    var first = 0
    for length in batch.lengths {
      fn_attention(
        workspace.kernels.pointer, precision.kernelCode, length, configuration.heads, configuration.headSize,
        workspace.projected.start + first * wide, wide, workspace.context.start + first * stride, stride,
        workspace.scratch.start)
      first += length
    }
    for first in Swift.stride(from: 0, to: rows, by: Workspace.block) {
      finish(layer, first: first, rows: min(Workspace.block, rows - first), in: workspace)
    }
  }

  /// The part of a layer after attention, for a block of rows.
  private func finish(_ layer: EncoderWeights.Layer, first: Int, rows: Int, in workspace: Workspace) {
    let stride = workspace.hiddenStride
    let hidden = workspace.hidden.start + first * stride
    let delta = workspace.delta.start
    workspace.apply(
      layer.attentionOutput, rows: rows, input: workspace.context.start + first * stride, stride: stride,
      output: delta, outputStride: stride)
    normalize(hidden, rows: rows, adding: delta, layer.attentionNorm, workspace)
    workspace.apply(
      layer.up, rows: rows, input: hidden, stride: stride, output: workspace.inner.start,
      outputStride: workspace.innerStride)
    workspace.apply(
      layer.down, rows: rows, input: workspace.inner.start, stride: workspace.innerStride,
      activation: configuration.activation.kernelCode, output: delta, outputStride: stride)
    normalize(hidden, rows: rows, adding: delta, layer.outputNorm, workspace)
  }

  private func normalize(
    _ rows: UnsafeMutablePointer<Float>, rows count: Int, adding delta: UnsafeMutablePointer<Float>?,
    _ norm: EncoderWeights.Norm, _ workspace: Workspace
  ) {
    fn_residual_norm(
      workspace.kernels.pointer, count, configuration.hiddenSize, rows, workspace.hiddenStride, delta,
      workspace.hiddenStride, norm.gain, norm.bias, configuration.epsilon)
  }
}
