extension Request {
  /// Reads the body as multipart/form-data: at most 1,000 parts, each a slice of the body.
  ///
  /// - Throws: `MultipartError`, shown as 400 or 415.
  public func decodeMultipart() throws(MultipartError) -> [MultipartPart] {
    let contentType = headers["Content-Type"]
    guard let type = contentType.flatMap(MediaType.init(parsing:)), type.essence == "multipart/form-data"
    else {
      throw MultipartError(
        .notMultipart,
        "The body's content type is \(contentType.map { "'\($0)'" } ?? "missing"), and a form with files is expected."
      )
    }
    guard let boundary = type.parameters["boundary"] else {
      throw MultipartError(.missingBoundary, "The content type of the form names no boundary.")
    }
    return try MultipartParser(boundary: boundary, body: body[...]).parse()
  }
}
