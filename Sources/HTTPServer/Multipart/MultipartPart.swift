/// One part of a multipart/form-data body: a field, or a file.
public struct MultipartPart: Sendable, Equatable {
  /// Name of the form's field.
  public let name: String
  /// Name of the file at the client, without folders; nil for a field that is not a file.
  public let filename: String?
  /// The part's own content type, as it was sent.
  public let contentType: String?
  /// A slice of the request's body.
  public let content: ArraySlice<UInt8>

  /// The content as text, or nil if it is not UTF-8.
  public var text: String? { String(validating: content, as: UTF8.self) }
}
