import TestSupport
import Testing

@testable import Transformer

/// Every instruction set that this processor has, against plain loops.
struct KernelTests {
  /// Rows, outputs, inputs: single rows, odd sizes, and the depths of MiniLM.
  private static let shapes = [(1, 1, 1), (3, 33, 7), (29, 40, 72), (15, 96, 384), (5, 32, 1536)]

  @Test(arguments: Kernels.InstructionSet.allCases, Precision.allCases)
  func `products agree with plain loops`(set: Kernels.InstructionSet, precision: Precision) {
    for (rows, outputs, inputs) in Self.shapes {
      var random = SeededGenerator(UInt64(rows * outputs))
      let weights = (0..<outputs * inputs).map { _ in random.value() }
      let bias = (0..<outputs).map { _ in random.value() }
      let values = (0..<rows * inputs).map { _ in random.value() + 0.5 }
      let layer = PackedLinear(weights: weights, bias: bias, precision: precision)
      let stride = (inputs + 31) / 32 * 32 + 16
      let outputStride = (outputs + 31) / 32 * 32
      let input = AlignedBuffer<Float>(rows * stride)
      let output = AlignedBuffer<Float>(rows * outputStride)
      for row in 0..<rows {
        for column in 0..<inputs { input.start[row * stride + column] = values[row * inputs + column] }
      }
      let workspace = Workspace(kernels: Kernels(set))
      workspace.reserve(tokens: rows, longest: rows, hidden: max(inputs, outputs), inner: inputs, headSize: 1)
      workspace.apply(
        layer, rows: rows, input: input.start, stride: stride, output: output.start,
        outputStride: outputStride)
      var error = 0.0
      var size = 0.0
      for row in 0..<rows {
        for column in 0..<outputs {
          var sum = Double(bias[column])
          for i in 0..<inputs {
            sum += Double(values[row * inputs + i]) * Double(weights[column * inputs + i])
          }
          let difference = Double(output.start[row * outputStride + column]) - sum
          error += difference * difference
          size += sum * sum
        }
      }
      let tolerance =
        switch precision {
        case .f32: 1e-6
        case .bf16: 6e-3
        case .int8: 1.5e-2
        }
      #expect((error / size).squareRoot() < tolerance, "\(rows) x \(outputs) x \(inputs)")
    }
  }

  @Test(arguments: Kernels.InstructionSet.allCases)
  func `a whole model is the same with every instruction set`(set: Kernels.InstructionSet) throws {
    let folder = ModelFolder()
    TinyModel().write(to: folder)
    for precision in Precision.allCases {
      let model = try LoadedModel(directory: folder.path, precision: precision)
      var batch = TokenBatch()
      for text in ["the robot walks", "", "balance, balance, the robots are walking"] {
        batch.append(model.tokenizer.encode(text))
      }
      let expected = states(of: model, batch, Workspace(kernels: Kernels(.portable)))
      let actual = states(of: model, batch, Workspace(kernels: Kernels(set)))
      #expect(cosine(expected, actual) > (precision == .f32 ? 0.9999999 : 0.9995), "\(precision)")
    }
  }

  private func states(of model: LoadedModel, _ batch: TokenBatch, _ workspace: Workspace) -> [Float] {
    model.encoder.run(batch, in: workspace)
    let size = model.encoder.configuration.hiddenSize
    return batch.ids.indices.flatMap { row in
      Array(UnsafeBufferPointer(start: workspace.hidden.start + row * workspace.hiddenStride, count: size))
    }
  }
}
