internal import CTransformerKernels

/// A linear layer, `outputs` x `inputs` weights and a bias, packed for the kernels.
final class PackedLinear: Sendable {
  let outputs: Int
  let inputs: Int
  let precision: Precision
  private let panels: AlignedBuffer<UInt8>
  private let bias: AlignedBuffer<Float>
  private let scales: AlignedBuffer<Float>
  private let sums: AlignedBuffer<Float>

  /// Packs row-major `weights`, one row an output.
  init(weights: [Float], bias: [Float], precision: Precision) {
    outputs = bias.count
    inputs = weights.count / bias.count
    self.precision = precision
    let padded = (outputs + 31) / 32 * 32
    panels = AlignedBuffer(fn_panel_bytes(precision.kernelCode, outputs, inputs))
    self.bias = AlignedBuffer(padded)
    let perGroup = precision == .int8 ? padded * Self.groups(inputs) : 0
    scales = AlignedBuffer(perGroup)
    sums = AlignedBuffer(perGroup)
    for (index, value) in bias.enumerated() { self.bias.start[index] = value }
    fn_pack(precision.kernelCode, outputs, inputs, weights, panels.start, scales.start, sums.start)
  }

  /// Groups of inputs with a scale of their own, in 8-bit products.
  static func groups(_ inputs: Int) -> Int { (inputs + Int(FN_GROUP) - 1) / Int(FN_GROUP) }

  /// The layer as the kernels take it; valid while `self` is.
  var descriptor: fn_weights {
    fn_weights(
      precision: precision.kernelCode, outputs: Int32(outputs), inputs: Int32(inputs),
      panels: UnsafeRawPointer(panels.start), bias: bias.start, scales: scales.start, sums: sums.start)
  }
}
