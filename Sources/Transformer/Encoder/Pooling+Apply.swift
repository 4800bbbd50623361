internal import CTransformerKernels

extension Pooling {
  /// Reduces `rows` rows to one of `target.count` values.
  func apply(
    to first: UnsafeMutablePointer<Float>, rows: Int, stride: Int,
    into target: UnsafeMutableBufferPointer<Float>, kernels: Kernels
  ) {
    guard rows > 0, let sum = target.baseAddress else { return }
    let columns = target.count
    sum.update(from: first, count: columns)
    switch self {
    case .cls: break
    case .max:
      for row in 1..<rows {
        for column in 0..<columns { sum[column] = Swift.max(sum[column], first[row * stride + column]) }
      }
    case .mean, .meanSqrtLength:
      for row in 1..<rows { fn_add(kernels.pointer, columns, first + row * stride, sum) }
      let divisor = self == .mean ? Float(rows) : Float(rows).squareRoot()
      fn_scale(kernels.pointer, columns, 1 / divisor, sum)
    }
  }
}
