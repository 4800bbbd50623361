internal import CTransformerKernels

/// The memory that one thread needs to run an encoder, grown as batches ask for more.
///
/// Rows are padded to an odd number of cache lines, so that equal columns of neighbouring rows do not
/// compete for the same cache sets.
final class Workspace {
  /// Rows that go through a layer's products together; their activations stay in the second-level cache.
  static let block = 112

  let kernels: Kernels
  private var capacity = 0
  private(set) var hidden = AlignedBuffer<Float>(0)
  private(set) var projected = AlignedBuffer<Float>(0)
  private(set) var context = AlignedBuffer<Float>(0)
  private(set) var inner = AlignedBuffer<Float>(0)
  private(set) var delta = AlignedBuffer<Float>(0)
  private(set) var scratch = AlignedBuffer<Float>(0)
  private var operand = AlignedBuffer<UInt8>(0)
  private var operandScales = AlignedBuffer<Float>(0)
  private var operandOffsets = AlignedBuffer<Float>(0)
  private(set) var hiddenStride = 0
  private(set) var projectedStride = 0
  private(set) var innerStride = 0

  init(kernels: Kernels = .best) { self.kernels = kernels }

  /// Makes room for a batch of `tokens` tokens whose longest sequence has `longest`.
  func reserve(tokens: Int, longest: Int, hidden size: Int, inner width: Int, headSize: Int) {
    let strides = (Self.stride(size), Self.stride(3 * size), Self.stride(width))
    if tokens > capacity || strides != (hiddenStride, projectedStride, innerStride) {
      capacity = max(tokens, capacity)
      (hiddenStride, projectedStride, innerStride) = strides
      hidden = AlignedBuffer(capacity * hiddenStride)
      projected = AlignedBuffer(capacity * projectedStride)
      context = AlignedBuffer(capacity * hiddenStride)
      inner = AlignedBuffer(Self.block * innerStride)
      delta = AlignedBuffer(Self.block * hiddenStride)
      operand = AlignedBuffer(Self.block * fn_operand_stride(Int32(FN_F32), max(size, width)))
      let groups = PackedLinear.groups(max(size, width))
      operandScales = AlignedBuffer(Self.block * groups)
      operandOffsets = AlignedBuffer(Self.block * groups)
    }
    let needed = fn_attention_scratch(longest, headSize)
    if needed > scratch.count { scratch = AlignedBuffer(needed) }
  }

  /// Floats from row to row of a matrix of `columns`: room for whole panels of 32 and a spill of 31.
  private static func stride(_ columns: Int) -> Int {
    let lines = (columns + 31) / 32 * 2 + 2
    return (lines | 1) * 16
  }

  /// Runs `rows` rows (at most `block`) of `input` through a linear layer, after `activation` in place.
  func apply(
    _ layer: PackedLinear, rows: Int, input: UnsafeMutablePointer<Float>, stride: Int,
    activation: Int32 = Int32(FN_IDENTITY), output: UnsafeMutablePointer<Float>, outputStride: Int
  ) {
    let precision = layer.precision.kernelCode
    let isFloat = layer.precision == .f32
    var source = fn_operand(
      data: isFloat ? UnsafeMutableRawPointer(input) : UnsafeMutableRawPointer(operand.start),
      stride: isFloat ? stride * MemoryLayout<Float>.stride : fn_operand_stride(precision, layer.inputs),
      scales: operandScales.start, offsets: operandOffsets.start)
    fn_prepare(kernels.pointer, activation, precision, rows, layer.inputs, input, stride, &source)
    var weights = layer.descriptor
    fn_product(kernels.pointer, &weights, rows, &source, output, outputStride)
  }
}
