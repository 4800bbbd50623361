/// Named tensors in a safetensors file (https://github.com/huggingface/safetensors#format), memory-mapped.
///
/// The header is checked as a whole when the file is opened, so that no tensor reaches outside the file,
/// overlaps another or has a shape that does not fit its bytes.
struct Safetensors: Sendable {
  /// Where a tensor's elements are and what they look like.
  struct Tensor: Sendable, Equatable {
    var type: String
    var shape: [Int]
    /// Position in the file.
    var bytes: Range<Int>
  }

  /// The largest header that other readers accept too.
  private static let longestHeader = 100_000_000

  private static let elementBytes = [
    "BOOL": 1, "U8": 1, "I8": 1, "F8_E4M3": 1, "F8_E5M2": 1, "U16": 2, "I16": 2, "F16": 2, "BF16": 2,
    "U32": 4, "I32": 4, "F32": 4, "U64": 8, "I64": 8, "F64": 8,
  ]

  let file: MappedFile
  let tensors: [String: Tensor]

  var path: String { file.path }

  init(path: String) throws(TransformerError) {
    let file = try MappedFile(path: path)
    guard file.bytes.count >= 8 else { throw .malformed(file: path, reason: "it has no header") }
    let stated = UInt64(littleEndian: file.bytes.loadUnaligned(as: UInt64.self))
    guard stated <= UInt64(min(file.bytes.count - 8, Self.longestHeader)) else {
      throw .malformed(file: path, reason: "its header claims \(stated) bytes")
    }
    let start = 8 + Int(stated)
    let text = UnsafeRawBufferPointer(rebasing: file.bytes[8..<start])
    guard let members = try JSONValue.parse(text, file: path).object else {
      throw .malformed(file: path, reason: "its header is not an object")
    }
    var tensors: [String: Tensor] = [:]
    for member in members where member.key != "__metadata__" {
      let tensor = try Self.tensor(member, dataStart: start, file: path)
      guard tensors.updateValue(tensor, forKey: member.key) == nil else {
        throw .malformed(file: path, reason: "tensor '\(member.key)' is named twice")
      }
    }
    var end = start
    for (name, tensor) in tensors.sorted(by: {
      ($0.value.bytes.lowerBound, $0.value.bytes.upperBound) < (
        $1.value.bytes.lowerBound, $1.value.bytes.upperBound
      )
    }) {
      guard tensor.bytes.lowerBound == end else {
        throw .malformed(file: path, reason: "tensor '\(name)' overlaps another or leaves a gap before it")
      }
      end = tensor.bytes.upperBound
    }
    guard end == file.bytes.count else {
      throw .malformed(
        file: path, reason: "its tensors end at byte \(end) and the file has \(file.bytes.count)")
    }
    self.file = file
    self.tensors = tensors
  }

  private static func tensor(
    _ member: JSONMember, dataStart: Int, file: String
  ) throws(TransformerError) -> Tensor {
    func malformed(_ reason: String) -> TransformerError {
      .malformed(file: file, reason: "tensor '\(member.key)' \(reason)")
    }
    guard let type = member.value["dtype"]?.string, let size = elementBytes[type] else {
      throw malformed("has no known element type")
    }
    guard let sizes = member.value["shape"]?.array, let offsets = member.value["data_offsets"]?.array,
      offsets.count == 2, let begin = offsets[0].integer, let end = offsets[1].integer
    else { throw malformed("has no shape or position") }
    var shape: [Int] = []
    var bytes = size
    for size in sizes {
      guard let size = size.integer, size >= 0 else { throw malformed("has a negative or unreadable size") }
      let (product, overflow) = bytes.multipliedReportingOverflow(by: size)
      guard !overflow else { throw malformed("is larger than memory") }
      bytes = product
      shape.append(size)
    }
    guard begin >= 0, end >= begin, end - begin == bytes, end <= Int.max - dataStart else {
      throw malformed("has \(bytes) bytes by its shape and lies at \(begin)..<\(end)")
    }
    return Tensor(type: type, shape: shape, bytes: dataStart + begin..<dataStart + end)
  }
}
