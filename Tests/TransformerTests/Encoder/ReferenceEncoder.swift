import Glibc
import TestSupport

/// BERT's forward pass written out plainly in double precision, to compare the real encoder with.
struct ReferenceEncoder {
  let model: TinyModel
  private let tensors: [String: [Double]]

  init(model: TinyModel) {
    self.model = model
    let names = model.tensors.keys
    tensors = Dictionary(uniqueKeysWithValues: names.map { ($0, model.stored($0).map(Double.init)) })
  }

  /// The last hidden states, one row a token; tokens from `firstSegment` on belong to segment 1.
  func hiddenStates(_ ids: [Int32], firstSegment: Int? = nil) -> [[Double]] {
    var rows = ids.enumerated().map { position, id in
      let segment = position >= firstSegment ?? ids.count ? 1 : 0
      return (0..<model.hidden).map { column in
        tensor("embeddings.word_embeddings.weight")[Int(id) * model.hidden + column]
          + tensor("embeddings.position_embeddings.weight")[position * model.hidden + column]
          + tensor("embeddings.token_type_embeddings.weight")[segment * model.hidden + column]
      }
    }
    rows = rows.map { norm($0, "embeddings.LayerNorm") }
    for layer in 0..<model.layers {
      let name = "encoder.layer.\(layer)"
      let mixed = attention(rows, name).map { linear($0, "\(name).attention.output.dense") }
      rows = zip(rows, mixed).map { norm(sum($0, $1), "\(name).attention.output.LayerNorm") }
      let inner = rows.map { linear($0, "\(name).intermediate.dense").map(activate) }
      let delta = inner.map { linear($0, "\(name).output.dense") }
      rows = zip(rows, delta).map { norm(sum($0, $1), "\(name).output.LayerNorm") }
    }
    return rows
  }

  /// The mean of the last hidden states, value by value.
  func mean(_ ids: [Int32]) -> [Double] {
    let rows = hiddenStates(ids)
    return rows[0].indices.map { column in rows.reduce(0) { $0 + $1[column] } / Double(rows.count) }
  }

  /// The classifier's logits for the vector of the first token.
  func logits(_ first: [Double]) -> [Double] { linear(linear(first, "pooler.dense").map(tanh), "classifier") }

  private func attention(_ rows: [[Double]], _ name: String) -> [[Double]] {
    let q = rows.map { linear($0, "\(name).attention.self.query") }
    let k = rows.map { linear($0, "\(name).attention.self.key") }
    let v = rows.map { linear($0, "\(name).attention.self.value") }
    let size = model.hidden / model.heads
    return rows.indices.map { i in
      (0..<model.heads).flatMap { head -> [Double] in
        let columns = head * size..<(head + 1) * size
        let scores = k.map { key in columns.reduce(0) { $0 + q[i][$1] * key[$1] } / Double(size).squareRoot()
        }
        let powers = scores.map { exp($0 - (scores.max() ?? 0)) }
        let total = powers.reduce(0, +)
        return columns.map { column in rows.indices.reduce(0) { $0 + powers[$1] / total * v[$1][column] } }
      }
    }
  }

  private func tensor(_ name: String) -> [Double] { tensors[name] ?? [] }

  private func linear(_ x: [Double], _ name: String) -> [Double] {
    let weights = tensor(name + ".weight")
    var result = tensor(name + ".bias")
    for output in result.indices {
      for input in x.indices { result[output] += x[input] * weights[output * x.count + input] }
    }
    return result
  }

  private func norm(_ x: [Double], _ name: String) -> [Double] {
    let mean = x.reduce(0, +) / Double(x.count)
    let variance = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(x.count)
    let gain = tensor(name + ".weight")
    let bias = tensor(name + ".bias")
    return x.indices.map { (x[$0] - mean) / (variance + 1e-12).squareRoot() * gain[$0] + bias[$0] }
  }

  private func activate(_ x: Double) -> Double {
    switch model.activation {
    case "gelu": x / 2 * (1 + erf(x / 2.0.squareRoot()))
    case "gelu_new": x / 2 * (1 + tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
    case "silu": x / (1 + exp(-x))
    default: max(x, 0)
    }
  }

  private func sum(_ a: [Double], _ b: [Double]) -> [Double] { zip(a, b).map(+) }
}
