internal import CTransformerKernels

/// The arithmetic of an encoder's matrix products; sums, norms and softmax are always 32-bit floats.
public enum Precision: String, Sendable, CaseIterable {
  case f32
  /// 16-bit floats with the exponent range of 32-bit ones.
  case bf16
  /// 8-bit integers: weights and activations scaled by groups of 128 inputs, the latter while running.
  case int8

  /// What the setting `auto` means: the fastest one, at a mean cosine to `f32` of 0.9994. Models that are
  /// loaded without a choice use `f32`.
  public static let automatic = Precision.int8

  /// Reads a setting: `f32`, `bf16`, `int8` or `auto`.
  public init?(setting: String) {
    guard let precision = setting == "auto" ? .automatic : Precision(rawValue: setting) else { return nil }
    self = precision
  }

  /// The arithmetic's number among the C kernels.
  var kernelCode: Int32 {
    switch self {
    case .f32: Int32(FN_F32)
    case .bf16: Int32(FN_BF16)
    case .int8: Int32(FN_INT8)
    }
  }
}
