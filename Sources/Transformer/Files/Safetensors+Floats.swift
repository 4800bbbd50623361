internal import CTransformerKernels

extension Safetensors {
  /// How the elements of a tensor are stored, for the types that weights come in.
  enum FloatType: Int, Sendable {
    case f32 = 4
    case f16 = 2
    case bf16 = -2

    var bytes: Int { abs(rawValue) }

    /// The type's number among the C kernels.
    var kernelCode: Int32 {
      switch self {
      case .f32: Int32(FN_STORED_F32)
      case .f16: Int32(FN_STORED_F16)
      case .bf16: Int32(FN_STORED_BF16)
      }
    }
  }

  /// A tensor's place in the mapping, and its element type, once its shape is what the model needs.
  func floatTensor(
    _ name: String, shape: [Int]
  ) throws(TransformerError) -> (bytes: UnsafeRawBufferPointer, type: FloatType) {
    guard let tensor = tensors[name] else { throw .tensor(name: name, file: path, reason: "it is missing") }
    guard tensor.shape == shape else {
      throw .tensor(name: name, file: path, reason: "its shape is \(tensor.shape) instead of \(shape)")
    }
    let type: FloatType
    switch tensor.type {
    case "F32": type = .f32
    case "F16": type = .f16
    case "BF16": type = .bf16
    default:
      throw .tensor(
        name: name, file: path, reason: "its elements are \(tensor.type) and not F32, F16 or BF16")
    }
    return (UnsafeRawBufferPointer(rebasing: file.bytes[tensor.bytes]), type)
  }

  /// A tensor's elements as 32-bit floats.
  func floats(_ name: String, shape: [Int]) throws(TransformerError) -> [Float] {
    let (bytes, type) = try floatTensor(name, shape: shape)
    let count = bytes.count / type.bytes
    return [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
      if let source = bytes.baseAddress, let target = buffer.baseAddress {
        fn_to_floats(Kernels.best.pointer, type.kernelCode, source, count, target)
      }
      initialized = count
    }
  }
}
