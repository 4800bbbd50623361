import FoundationEssentials

/// The JSON dialect of requests and responses: dates as ISO 8601, slashes as they are, members in the order
/// that is cheapest.
public enum JSONCoding {
  public static let encoder: JSONEncoder = {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    return encoder
  }()

  public static let decoder: JSONDecoder = {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    return decoder
  }()
}

extension Response {
  /// A response with `value` as JSON.
  public static func json(
    _ value: some Encodable, status: HTTPStatus = .ok, encoder: JSONEncoder = JSONCoding.encoder
  ) throws -> Response {
    Response(
      status: status, headers: ["Content-Type": "application/json"],
      body: .bytes([UInt8](try encoder.encode(value))))
  }
}
