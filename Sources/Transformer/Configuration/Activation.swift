internal import CTransformerKernels

/// The function between the two products of a feed-forward block.
enum Activation: Sendable, Equatable {
  /// x * Phi(x), with the error function computed to about 4e-7.
  case gelu
  /// The approximation of `gelu` with a hyperbolic tangent.
  case geluTanh
  case relu
  case silu

  /// The activation that a `config.json` names.
  init?(configured name: String) {
    switch name {
    case "gelu", "gelu_python": self = .gelu
    case "gelu_new", "gelu_fast", "gelu_pytorch_tanh", "gelu_accurate": self = .geluTanh
    case "relu": self = .relu
    case "silu", "swish": self = .silu
    default: return nil
    }
  }

  /// The function's number among the C kernels.
  var kernelCode: Int32 {
    switch self {
    case .gelu: Int32(FN_GELU)
    case .geluTanh: Int32(FN_GELU_TANH)
    case .relu: Int32(FN_RELU)
    case .silu: Int32(FN_SILU)
    }
  }
}
