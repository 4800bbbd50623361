/// A content type with its parameters, such as `multipart/form-data; boundary=x` (RFC 9110, section 8.3.1).
public struct MediaType: Sendable, Equatable {
  /// `type/subtype` in lower case.
  public let essence: String
  /// Parameters by name in lower case, values unquoted.
  public let parameters: [String: String]

  /// Reads a field's value, or nil if it does not begin with `type/subtype`.
  public init?(parsing text: String) {
    var scanner = ParameterScanner(text)
    let essence = scanner.readHead().lowercased()
    let halves = essence.split(separator: "/", omittingEmptySubsequences: false)
    guard halves.count == 2, halves.allSatisfy({ ASCII.isToken($0) }) else { return nil }
    self.essence = essence
    self.parameters = scanner.readParameters()
  }

  /// True for `application/json` and for types such as `application/problem+json`.
  public var isJSON: Bool { essence == "application/json" || essence.hasSuffix("+json") }
}
