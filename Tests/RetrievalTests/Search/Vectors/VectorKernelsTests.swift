import CVectorKernels
import Models
import Testing

@testable import Retrieval

/// Every variant that this processor has against the portable one.
@Suite struct VectorKernelsTests {
  static let dimensions = [64, 100, 383, 1536]

  /// Codes of a few blocks of rows, made by the portable kernels, and questions prepared for them.
  private struct Fixture {
    let vectors: EmbeddingMatrix
    let queries: EmbeddingMatrix
    let index: DenseIndex
    let rows = 300

    init(_ dimensions: Int) {
      vectors = VectorSample.shifted.vectors(rows, dimensions: dimensions)
      queries = VectorSample.shifted.vectors(9, dimensions: dimensions, seed: 2)
      let options = DenseIndex.Options(codedRows: 1, kernels: VectorKernels(.portable))
      index = DenseIndex.of(vectors, options: options)
    }

    func prepared(_ kernels: VectorKernels) throws -> PreparedQuestions {
      let space = try #require(index.codes).space
      let copy = CodeSpace(
        center: Array(UnsafeBufferPointer(start: space.raw.center, count: vectors.dimensions)),
        kernels: kernels)
      return queries.values.withUnsafeBufferPointer {
        PreparedQuestions($0, dimensions: vectors.dimensions, space: copy, confidence: 3)
      }
    }

    func bounds(_ kernels: VectorKernels, _ questions: PreparedQuestions, mask: [UInt64]?) throws
      -> [[UInt16]]
    {
      let codes = try #require(index.codes)
      let memory = MappedMemory(byteCount: queries.count * 320 * 2)
      let starts = (0..<queries.count).map { Optional(memory.values(of: UInt16.self) + $0 * 320) }
      withUnsafePointer(to: codes.space.raw) { space in
        withUnsafePointer(to: codes.segments[0].raw) { raw in
          starts.withUnsafeBufferPointer {
            vk_scan(kernels.table, space, raw, 0, 5, mask, questions.raw, questions.count, $0.baseAddress)
          }
        }
      }
      return starts.map { start in (0..<rows).map { start?[$0] ?? 0 } }
    }

    func estimates(_ kernels: VectorKernels, _ questions: PreparedQuestions, _ query: Int) throws -> [Float] {
      let codes = try #require(index.codes)
      var estimates = [Float](repeating: 0, count: rows)
      var errors = estimates
      withUnsafePointer(to: codes.space.raw) { space in
        withUnsafePointer(to: codes.segments[0].raw) { raw in
          vk_estimate(
            kernels.table, space, raw, questions.raw + query, (0..<UInt32(rows)).map { $0 }, rows, &estimates,
            &errors)
        }
      }
      return estimates
    }
  }

  @Test(arguments: dimensions, VectorKernels.available)
  func scansGiveTheSameBounds(dimensions: Int, set: VectorKernels.InstructionSet) throws {
    let fixture = Fixture(dimensions)
    let questions = try fixture.prepared(VectorKernels(.portable))
    for mask in [nil, [.max, 0, 0x5555_0000_FFFF_0001, 0, 1 << 40]] as [[UInt64]?] {
      let expected = try fixture.bounds(VectorKernels(.portable), questions, mask: mask)
      let found = try fixture.bounds(VectorKernels(set), questions, mask: mask)
      for (left, right) in zip(expected.joined(), found.joined()) {
        // Fused multiplication may round to the neighbouring half float.
        #expect(abs(Int(left) - Int(right)) <= 1)
      }
    }
  }

  @Test(arguments: dimensions, VectorKernels.available)
  func estimatesAndProductsAgree(dimensions: Int, set: VectorKernels.InstructionSet) throws {
    let fixture = Fixture(dimensions)
    let questions = try fixture.prepared(VectorKernels(set))
    let reference = try fixture.prepared(VectorKernels(.portable))
    let expected = try fixture.estimates(VectorKernels(.portable), reference, 0)
    let found = try fixture.estimates(VectorKernels(set), questions, 0)
    let truth = fixture.vectors.products(fixture.queries[0])
    var products = [Float](repeating: 0, count: fixture.rows)
    vk_products(
      VectorKernels(set).table, fixture.vectors.values, dimensions, Array(fixture.queries[0]), nil,
      fixture.rows,
      &products)
    for row in 0..<fixture.rows {
      #expect(abs(expected[row] - found[row]) < 1e-3)
      #expect(abs(Double(found[row]) - truth[row]) < 1.2 * 3 * 0.108 / Double(dimensions).squareRoot())
      #expect(abs(Double(products[row]) - truth[row]) < 2e-6)
    }
  }

  @Test(arguments: dimensions, VectorKernels.available)
  func boundsAreAboveNearlyAllCosinesAndNotFarAbove(dimensions: Int, set: VectorKernels.InstructionSet) throws
  {
    let fixture = Fixture(dimensions)
    let bounds = try fixture.bounds(VectorKernels(set), try fixture.prepared(VectorKernels(set)), mask: nil)
    var below = 0
    for query in 0..<fixture.queries.count {
      for (bound, cosine) in zip(bounds[query], fixture.vectors.products(fixture.queries[query])) {
        let bound = Double(Float16(bitPattern: bound))
        if bound < cosine { below += 1 }
        #expect(bound - cosine < 6 * 0.76 / Double(dimensions).squareRoot())
      }
    }
    // Three standard deviations: one in 740.
    #expect(below <= fixture.rows * fixture.queries.count / 200)
  }

  @Test(arguments: VectorKernels.available)
  func codesAgreeButForRoundingAtTheirEdges(set: VectorKernels.InstructionSet) throws {
    let vectors = VectorSample.shifted.vectors(200, dimensions: 383)
    let left = DenseIndex.of(vectors, options: .init(codedRows: 1, kernels: VectorKernels(.portable)))
    let right = DenseIndex.of(vectors, options: .init(codedRows: 1, kernels: VectorKernels(set)))
    let (first, second) = (
      try #require(left.codes).segments[0].raw, try #require(right.codes).segments[0].raw
    )
    let different = (0..<256 * 48).reduce(0) { $0 + (first.bits[$1] ^ second.bits[$1]).nonzeroBitCount }
    #expect(different <= 20)
    for row in 0..<200 { #expect(abs(first.factors[2 * row] - second.factors[2 * row]) < 1e-6) }
  }

  @Test(arguments: VectorKernels.available)
  func selectionTakesTheHighest(set: VectorKernels.InstructionSet) {
    let values = (0..<5000).map { Float16(Float(($0 * 7919) % 5000) / 2500 - 1) }
    let bounds = values.map(\.bitPattern)
    let kernels = VectorKernels(set)
    for wanted in [1, 32, 600, 4999] {
      var found = [UInt32](repeating: 0, count: 4 * wanted + 1024)
      let count = vk_highest(kernels.table, bounds, bounds.count, -2, wanted, &found)
      #expect(count == wanted)
      let worst = found.prefix(count).map { values[Int($0)] }.min() ?? 0
      #expect(values.filter { $0 > worst }.count < wanted)
      #expect(Set(found.prefix(count)).count == count)
    }
    var found = [UInt32](repeating: 0, count: 5000)
    let count = vk_collect(kernels.table, bounds, bounds.count, 0.5, &found)
    #expect(found.prefix(count).map { Int($0) } == values.indices.filter { values[$0] >= 0.5 })
  }
}
