import TestSupport
import Testing

@testable import Retrieval

@Suite struct BitPackingTests {
  @Test(arguments: 0...32)
  func whatIsPackedIsUnpacked(width: Int) throws {
    var random = SeededGenerator(UInt64(width))
    let mask: UInt32 = width == 32 ? .max : (1 << UInt32(width)) - 1
    let values = (0..<128).map { _ in UInt32.random(in: 0...UInt32.max, using: &random) & mask }
    var bytes: [UInt8] = []
    values.withUnsafeBufferPointer { BitPacking.pack($0, width: width, into: &bytes) }
    #expect(bytes.count == BitPacking.size(width: width))
    var unpacked = [UInt32](repeating: 7, count: 128)
    let single = bytes.withUnsafeBytes { bytes -> [UInt32] in
      guard let source = bytes.baseAddress else { return Array(repeating: 0, count: 128) }
      unpacked.withUnsafeMutableBufferPointer {
        if let target = $0.baseAddress { BitPacking.unpack(source, width: width, into: target) }
      }
      return (0..<128).map { BitPacking.value($0, in: source, width: width) }
    }
    if width > 0 { #expect(unpacked == values) }
    #expect(single == values)
  }

  @Test func gapsAddUp() {
    var values = (0..<128).map { UInt32($0 % 3) }
    values.withUnsafeMutableBufferPointer {
      if let base = $0.baseAddress { BitPacking.accumulate(base, after: -1) }
    }
    var expected: [UInt32] = []
    var sum = -1
    for index in 0..<128 {
      sum += index % 3 + 1
      expected.append(UInt32(sum))
    }
    #expect(values == expected)
  }
}
