internal import CTransformerKernels

/// The arithmetic of an encoder's matrix products; sums, norms and softmax are always 32-bit floats.
public enum Precision: String, Sendable, CaseIterable {
  case f32
  /// 16-bit floats with the exponent range of 32-bit ones.
  case bf16
  /// 8-bit integers: weights scaled per output, activations per token while running.
  case int8

  /// The arithmetic's number among the C kernels.
  var kernelCode: Int32 {
    switch self {
    case .f32: Int32(FN_F32)
    case .bf16: Int32(FN_BF16)
    case .int8: Int32(FN_INT8)
    }
  }
}
