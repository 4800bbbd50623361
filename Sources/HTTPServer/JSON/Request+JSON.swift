import FoundationEssentials

extension Request {
  /// Reads the body as JSON. A body without a content type is taken for JSON.
  ///
  /// - Throws: `HTTPError` 415 for another content type, 400 with the field's path, what was expected and
  ///   what was found otherwise.
  public func decodeJSON<Value: Decodable>(
    _ type: Value.Type = Value.self, decoder: JSONDecoder = JSONCoding.decoder
  ) throws -> Value {
    if let contentType = headers["Content-Type"], MediaType(parsing: contentType)?.isJSON != true {
      throw HTTPError(
        .unsupportedMediaType, code: "unsupported_media_type",
        message: "The body's content type is '\(contentType)', and JSON is expected.",
        hint: "Send the header 'Content-Type: application/json'.")
    }
    guard !body.isEmpty else {
      throw HTTPError.badRequest(
        "The body is empty, and JSON is expected.", hint: "Send an object, such as {\"name\": \"value\"}.")
    }
    let data = Data(body)
    do {
      return try decoder.decode(type, from: data)
    } catch let error as DecodingError {
      let failure = DecodingFailure(error, in: data)
      throw HTTPError.badRequest(failure.message, hint: failure.hint)
    }
  }
}
