import Testing

@testable import Models

struct LateInteractionTests {
  @Test(arguments: [3, 40, 192, 384])
  func `the nearest token is found within what eight bits can tell`(width: Int) throws {
    var random = Numbers()
    let question = random.rows(5, width)
    let text = random.rows(7, width)
    let nearest = try #require(
      LateInteraction(sketch(question)).nearest(in: sketch(text)))
    // Places that two values share cost more than the bits.
    let margin: Float = width > TokenSketch.dimensions ? 0.25 : 0.01
    for (row, value) in zip(question, nearest) {
      let expected = text.map { zip(row, $0).reduce(0) { $0 + $1.0 * $1.1 } }.max() ?? 0
      #expect(abs(value - expected) < margin)
    }
    // A token is its own nearest, whatever was made small.
    let own = try #require(LateInteraction(sketch(question)).nearest(in: sketch(question + text)))
    #expect(own.allSatisfy { abs($0 - 1) < 0.01 })
  }

  @Test func `wide vectors keep their scalar products on average`() throws {
    var random = Numbers()
    let rows = random.rows(60, 384)
    let base = rows[0]
    var error: Float = 0
    for row in rows.dropFirst() {
      // Half of the way from one to the other.
      let mixed = unit(zip(base, row).map { $0 + $1 })
      let exact = zip(base, mixed).reduce(0) { $0 + $1.0 * $1.1 }
      let kept = try #require(LateInteraction(sketch([base])).nearest(in: sketch([mixed])))
      error += (kept[0] - exact) / 59
      #expect(abs(kept[0] - exact) < 0.2)
    }
    #expect(abs(error) < 0.03)
  }

  @Test func `texts without tokens and those of another width have no nearest one`() {
    var random = Numbers()
    let question = LateInteraction(sketch(random.rows(2, 8)))
    #expect(question.nearest(in: TokenSketch(ids: [], values: [])) == nil)
    #expect(question.nearest(in: sketch(random.rows(2, 16))) == nil)
    #expect(LateInteraction(TokenSketch(ids: [], values: [])).nearest(in: sketch(random.rows(2, 8))) == nil)
    // A row of zeros is near nothing.
    let zeros = TokenSketch(ids: [7], values: [Float](repeating: 0, count: 8))
    #expect(question.nearest(in: zeros) == [0, 0])
  }

  private func sketch(_ rows: [[Float]]) -> TokenSketch {
    TokenSketch(ids: rows.indices.map(Int32.init), values: rows.flatMap(\.self))
  }
}

private func unit(_ row: [Float]) -> [Float] {
  let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
  return row.map { $0 / length }
}

/// Unit vectors that are the same in every run.
private struct Numbers {
  private var state: UInt64 = 7

  mutating func rows(_ count: Int, _ width: Int) -> [[Float]] {
    (0..<count).map { _ in
      unit(
        (0..<width).map { _ in
          state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          return Float(state >> 40) / Float(1 << 23) - 1
        })
    }
  }
}
