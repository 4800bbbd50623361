import FoundationEssentials
import HTTPServer

extension Response {
  private static let encoder: JSONEncoder = {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
    return encoder
  }()

  /// JSON as `ingest --json` writes it: members in the order of their names.
  static func reply(_ value: some Encodable, status: HTTPStatus = .ok) throws -> Response {
    try .json(value, status: status, encoder: encoder)
  }
}
