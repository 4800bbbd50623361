import TestSupport
import Testing

@testable import Transformer

struct SafetensorsTests {
  @Test(arguments: [
    ("an empty file", "", 0, nil, "has no header"),
    ("a header longer than the file", "{}", 0, UInt64(100), "claims 100 bytes"),
    ("a header of 2^63 bytes", "{}", 0, UInt64(1) << 63, "claims 9223372036854775808 bytes"),
    ("a header that is not JSON", "{nonsense", 0, nil, "at byte 1"),
    ("a header that is a list", "[]", 0, nil, "not an object"),
    ("deep nesting", String(repeating: "[", count: 100_000), 0, nil, "nested more than"),
    ("no type", #"{"t":{"shape":[1],"data_offsets":[0,4]}}"#, 4, nil, "no known element type"),
    (
      "an unknown type", #"{"t":{"dtype":"F3","shape":[1],"data_offsets":[0,4]}}"#, 4, nil,
      "no known element type"
    ),
    ("no position", #"{"t":{"dtype":"F32","shape":[1]}}"#, 4, nil, "no shape or position"),
    ("a negative size", #"{"t":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#, 4, nil, "negative"),
    ("a fraction", #"{"t":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}"#, 4, nil, "unreadable size"),
    (
      "sizes whose product overflows",
      #"{"t":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}"#, 0, nil,
      "larger than memory"
    ),
    (
      "bytes that do not fit", #"{"t":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, 4, nil,
      "has 8 bytes"
    ),
    ("an end before the start", #"{"t":{"dtype":"F32","shape":[1],"data_offsets":[8,4]}}"#, 8, nil, "8..<4"),
    ("a negative position", #"{"t":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}"#, 4, nil, "-4..<0"),
    (
      "a position past the end",
      #"{"t":{"dtype":"F32","shape":[1],"data_offsets":[9223372036854775803,9223372036854775807]}}"#, 4, nil,
      "lies at"
    ),
    (
      "a tensor past the end", #"{"t":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, 4, nil,
      "the file has"
    ),
    ("bytes left over", #"{"t":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, 9, nil, "the file has"),
    (
      "overlap",
      #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
      8, nil, "'b' overlaps"
    ),
    (
      "a name used twice",
      #"{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}"#,
      0, nil, "named twice"
    ),
  ])
  func `a damaged file is refused with the reason`(
    what: String, header: String, data: Int, stated: UInt64?, reason: String
  ) {
    let folder = ModelFolder()
    let length = withUnsafeBytes(of: (stated ?? UInt64(header.utf8.count)).littleEndian) { Array($0) }
    let bytes = header.isEmpty ? [] : length + Array(header.utf8) + [UInt8](repeating: 0, count: data)
    let path = folder.write("model.safetensors", bytes)
    #expect("\(what)") {
      try Safetensors(path: path)
    } throws: {
      "\($0)".contains(reason) && "\($0)".contains(path)
    }
  }

  @Test func `every truncation of a good file is refused`() {
    let folder = ModelFolder()
    let bytes = TinyModel().weightsFile
    for length in stride(from: 0, to: bytes.count, by: 997) {
      let path = folder.write("cut.safetensors", Array(bytes[..<length]))
      #expect(throws: TransformerError.self) { try Safetensors(path: path) }
    }
  }

  @Test func `half floats are read exactly`() throws {
    // Subnormal, smallest normal, largest, infinity and negative zero of binary16.
    let halves: [(UInt16, Float)] = [
      (0x0001, 0x1p-24), (0x03FF, 0x1.ff8p-15), (0x0400, 0x1p-14), (0x3C00, 1), (0xC000, -2), (0x7BFF, 65504),
      (0x7C00, .infinity), (0xFC00, -.infinity), (0x8000, -0.0), (0x3555, 0x1.554p-2),
    ]
    let header =
      "{\"t\":{\"dtype\":\"F16\",\"shape\":[\(halves.count)],\"data_offsets\":[0,\(halves.count * 2)]}}"
    let folder = ModelFolder()
    let length = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Array($0) }
    let data = halves.flatMap { [UInt8($0.0 & 0xFF), UInt8($0.0 >> 8)] }
    let file = try Safetensors(path: folder.write("h.safetensors", length + Array(header.utf8) + data))
    let values = try file.floats("t", shape: [halves.count])
    #expect(values.map(\.bitPattern) == halves.map(\.1.bitPattern))
  }

  @Test func `a missing or misshapen tensor is named with its file`() throws {
    let folder = ModelFolder()
    TinyModel().write(to: folder)
    let file = try Safetensors(path: folder.path + "/model.safetensors")
    #expect {
      try file.floats("nothing", shape: [1])
    } throws: {
      "\($0)" == "Tensor 'nothing' in '\(file.path)': it is missing."
    }
    #expect {
      try file.floats("pooler.dense.bias", shape: [41])
    } throws: {
      "\($0)" == "Tensor 'pooler.dense.bias' in '\(file.path)': its shape is [40] instead of [41]."
    }
  }

  @Test func `a directory and an absent file are refused`() {
    let folder = ModelFolder()
    #expect { try Safetensors(path: folder.path) } throws: { "\($0)".contains("not a regular file") }
    #expect { try Safetensors(path: folder.path + "/none") } throws: { "\($0)".contains("No such file") }
  }
}
