internal import CVectorKernels

/// The compiled scans for one instruction set. All give the same results up to the rounding of sums.
struct VectorKernels: Sendable {
  enum InstructionSet: Int32, CaseIterable, Sendable {
    /// Plain C, on any processor.
    case portable
    case avx2
    /// With byte operations and VNNI.
    case avx512
    /// On 64-bit ARM.
    case neon
  }

  /// Points to constant data of the C module.
  nonisolated(unsafe) let table: OpaquePointer

  /// Takes the best that the processor has; for one that it lacks, the portable kernels.
  init(_ set: InstructionSet? = nil) {
    table = vk_kernels_for(set?.rawValue ?? vk_best_instruction_set())
  }

  /// What this processor can run.
  static var available: [InstructionSet] {
    InstructionSet.allCases.filter { vk_supports($0.rawValue) != 0 }
  }
}
