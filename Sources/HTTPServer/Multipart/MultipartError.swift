/// Why a multipart/form-data body cannot be read.
public struct MultipartError: Error, Sendable, Equatable, CustomStringConvertible, HTTPErrorConvertible {
  public enum Code: Sendable {
    case notMultipart, missingBoundary, truncated, malformedHeader, missingName, tooManyParts
  }

  public let code: Code
  public let description: String

  init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }

  /// 415 for another content type, else 400.
  public var httpError: HTTPError {
    guard code == .notMultipart else { return .badRequest(description) }
    return HTTPError(
      .unsupportedMediaType, code: "unsupported_media_type", message: description,
      hint: "Send the form as 'multipart/form-data'; with curl: -F 'file=@name'.")
  }
}
