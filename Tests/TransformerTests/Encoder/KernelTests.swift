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
  func `the nearest rows are those of plain loops, exactly`(set: Kernels.InstructionSet) {
    for (rows, others, columns) in [(1, 1, 1), (3, 5, 7), (12, 30, 192), (2, 3, 384), (4, 0, 16)] {
      var random = SeededGenerator(UInt64(rows * columns))
      let question = (0..<rows * columns).map { _ in Int8(Int(random.next() % 255) - 127) }
      var text = (0..<others * columns).map { _ in Int8(truncatingIfNeeded: random.next()) }
      if columns == 384 { text = text.map { _ in -128 } }
      let steps = (0..<others).map { _ in abs(random.value()) }
      let nearest = NearestRows(question, columns: columns, kernels: Kernels(set))
        .nearest(in: text, steps: steps)
      let expected = (0..<rows).map { row in
        (0..<others).map { other in
          let sum = (0..<columns).reduce(0) {
            $0 + Int(question[row * columns + $1]) * Int(text[other * columns + $1])
          }
          return Float(sum) * steps[other]
        }.max() ?? -.infinity
      }
      #expect(nearest == expected, "\(rows), \(others), \(columns)")
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
