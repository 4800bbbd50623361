internal import CTransformerKernels

/// The C kernels for one instruction set.
struct Kernels: @unchecked Sendable {  // Sendable: it points to a table of functions that never changes.
  /// Instruction sets in rising order; a processor that lacks one gets the best that it has.
  enum InstructionSet: Int32, CaseIterable, Sendable {
    case portable = 0
    case avx2
    case avx512
    case avx512VNNI
    case avx512BF16
  }

  let pointer: OpaquePointer

  /// What this processor does best.
  static let best = Kernels(InstructionSet(rawValue: fn_best_instruction_set()) ?? .portable)

  init(_ instructionSet: InstructionSet) {
    pointer = fn_kernels_for(instructionSet.rawValue)
  }
}

extension Kernels {
  /// Multiplies each value by `factor`.
  func scale(_ values: UnsafeMutableBufferPointer<Float>, by factor: Float) {
    guard let start = values.baseAddress else { return }
    fn_scale(pointer, values.count, factor, start)
  }

  /// Scales a vector to length 1; a zero vector stays as it is.
  func normalize(_ vector: UnsafeMutableBufferPointer<Float>) {
    guard let start = vector.baseAddress else { return }
    let length = fn_dot(pointer, vector.count, start, start).squareRoot()
    if length > 1e-12 { fn_scale(pointer, vector.count, 1 / length, start) }
  }
}
