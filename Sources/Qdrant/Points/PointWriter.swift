/// Writes points as JSON: the numbers by hand, since an encoder that keeps every value as an object of its own takes
/// several times as long as embedding with a small model does.
struct PointWriter {
  private(set) var bytes: [UInt8]
  private(set) var count = 0
  private let start: [UInt8]

  /// - Parameter start: what stands before the points, such as `{"points":[`.
  init(start: String) {
    self.start = Array(start.utf8)
    bytes = self.start
  }

  var isEmpty: Bool { count == 0 }

  /// Adds a point that has been written by `body`.
  mutating func append(_ point: [UInt8]) {
    if count > 0 { bytes.append(UInt8(ascii: ",")) }
    bytes += point
    count += 1
  }

  /// The whole body; the writer begins anew.
  mutating func finish() -> [UInt8] {
    bytes += Array("]}".utf8)
    defer {
      bytes = start
      count = 0
    }
    return bytes
  }

  static func bytes<Payload>(of point: Point<Payload>) throws -> [UInt8] {
    var bytes = try head(point.id, point.vectors)
    bytes += Array(",\"payload\":".utf8)
    bytes += try JSON.encode(point.payload)
    bytes.append(UInt8(ascii: "}"))
    return bytes
  }

  /// A point without a payload, for changes of its vectors alone.
  static func bytes(of id: PointID, _ vectors: PointVectors) throws -> [UInt8] {
    try head(id, vectors) + [UInt8(ascii: "}")]
  }

  private static func head(_ id: PointID, _ vectors: PointVectors) throws -> [UInt8] {
    var bytes = Array("{\"id\":".utf8)
    bytes += try JSON.encode(id)
    bytes += Array(",\"vector\":{".utf8)
    var isFirst = true
    func name(_ name: String) throws {
      if !isFirst { bytes.append(UInt8(ascii: ",")) }
      isFirst = false
      bytes += try JSON.encode(name)
      bytes.append(UInt8(ascii: ":"))
    }
    for (key, vector) in vectors.dense.sorted(by: { $0.key < $1.key }) {
      try name(key)
      append(vector, to: &bytes)
    }
    for (key, vector) in vectors.sparse.sorted(by: { $0.key < $1.key }) {
      try name(key)
      bytes += Array("{\"indices\":[".utf8)
      bytes += Array(vector.indices.map(String.init).joined(separator: ",").utf8)
      bytes += Array("],\"values\":".utf8)
      append(vector.values, to: &bytes)
      bytes.append(UInt8(ascii: "}"))
    }
    bytes.append(UInt8(ascii: "}"))
    return bytes
  }

  /// The shortest decimal numbers that read back as the same floats.
  private static func append(_ values: [Float], to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "["))
    for (index, value) in values.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      // Neither infinity nor a NaN is JSON, and no vector holds one.
      var text = (value.isFinite ? value : 0).description
      text.withUTF8 { bytes += $0 }
    }
    bytes.append(UInt8(ascii: "]"))
  }
}
