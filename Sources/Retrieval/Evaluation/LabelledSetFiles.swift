import FoundationEssentials

/// The files of a labelled set, each as it is or packed with gzip.
struct LabelledSetFiles {
  private let directory: String
  /// Most bytes that a packed file may unpack to.
  private static let limit = 4 << 30

  init(_ directory: String) {
    self.directory = directory.isEmpty ? "." : directory
  }

  func exists(_ name: String) -> Bool { path(name) != nil }

  /// A file's text; what is not UTF-8 in it is replaced.
  func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

  /// The values of a file of JSON lines; blank ones are passed over.
  func lines<Value: Decodable>(_ name: String, of type: Value.Type) throws -> [Value] {
    let decoder = JSONDecoder()
    var values: [Value] = []
    for (index, line) in try bytes(name).split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    {
      guard !line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) else { continue }
      do {
        // What is not UTF-8 is replaced.
        values.append(try decoder.decode(type, from: Data(String(decoding: line, as: UTF8.self).utf8)))
      } catch {
        throw LabelledSet.Failure(
          description:
            "'\(directory)/\(name)', line \(index + 1), is not as BEIR has it: \(Self.reason(error))")
      }
    }
    return values
  }

  private func path(_ name: String) -> String? {
    ["", ".gz"].map { "\(directory)/\(name)\($0)" }.first { FileAccess.exists($0) }
  }

  /// The content without a byte order mark.
  private func bytes(_ name: String) throws -> ArraySlice<UInt8> {
    let missing = "A labelled set has corpus.jsonl, queries.jsonl and qrels/test.tsv."
    guard let path = path(name) else {
      throw LabelledSet.Failure(description: "There is no '\(directory)/\(name)'. \(missing)")
    }
    var bytes: [UInt8]
    do {
      bytes = Array(try Data(contentsOf: URL(filePath: path)))
    } catch {
      throw LabelledSet.Failure(description: "Cannot read '\(path)'. \(missing)")
    }
    if GzipContent.isPacked(bytes) {
      do {
        bytes = try GzipContent.unpacked(bytes, limit: Self.limit)
      } catch let error as DocumentError {
        throw LabelledSet.Failure(description: "Cannot read '\(path)': \(error.description)")
      }
    }
    return bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
  }

  private static func reason(_ error: any Error) -> String {
    switch error {
    case DecodingError.keyNotFound(let key, _): "it has no '\(key.stringValue)'."
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
      "'\(context.codingPath.map(\.stringValue).joined(separator: "."))' is of the wrong kind."
    default: "it is no JSON object."
    }
  }
}
