/// Cuts a multipart/form-data body into its parts (RFC 7578 over RFC 2046, section 5.1), copying nothing.
struct MultipartParser {
  /// Parts a body may have.
  static let maxParts = 1_000
  /// Bytes that the header of one part may have.
  static let maxHeaderBytes = 8_192

  /// CR LF and two dashes before the boundary, as it stands between parts.
  private let delimiter: [UInt8]
  private let body: ArraySlice<UInt8>

  init(boundary: String, body: ArraySlice<UInt8>) throws(MultipartError) {
    guard (1...70).contains(boundary.utf8.count), !boundary.utf8.contains(where: ASCII.isControl) else {
      throw MultipartError(.missingBoundary, "The multipart boundary must have 1 to 70 characters.")
    }
    delimiter = Array("\r\n--\(boundary)".utf8)
    self.body = body
  }

  func parse() throws(MultipartError) -> [MultipartPart] {
    var parts: [MultipartPart] = []
    var position = try firstDelimiter()
    while try !isLast(&position) {
      guard parts.count < Self.maxParts else {
        throw MultipartError(.tooManyParts, "The form has more than \(Self.maxParts) parts.")
      }
      guard let end = find(from: position) else { throw truncated }
      parts.append(try part(in: body[position..<end]))
      position = end + delimiter.count
    }
    return parts
  }

  /// The index behind the first delimiter. What stands before it is for people with old mail programs.
  private func firstDelimiter() throws(MultipartError) -> Int {
    if body.starts(with: delimiter.dropFirst(2)) { return body.startIndex + delimiter.count - 2 }
    guard let start = find(from: body.startIndex) else { throw truncated }
    return start + delimiter.count
  }

  /// Reads what follows a delimiter: two dashes after the last part, else the end of its line.
  private func isLast(_ position: inout Int) throws(MultipartError) -> Bool {
    let rest = body[position...]
    if rest.starts(with: [0x2D, 0x2D]) { return true }
    var padding = rest.startIndex
    while padding < rest.endIndex, rest[padding] == 0x20 || rest[padding] == 0x09 { padding += 1 }
    guard rest[padding...].starts(with: [0x0D, 0x0A]) else {
      if rest.endIndex - padding < 2 { throw truncated }
      throw MultipartError(.malformedHeader, "A boundary is followed by something else than a new line.")
    }
    // An empty header block ends at once: its blank line may be the delimiter's own line end.
    position = padding
    return false
  }

  /// The next delimiter at or after `start`.
  private func find(from start: Int) -> Int? {
    guard body.endIndex - start >= delimiter.count else { return nil }
    return body.withUnsafeBufferPointer { bytes in
      let base = body.startIndex
      let last = bytes.count - delimiter.count
      var index = start - base
      while index <= last {
        guard let next = bytes[index...last].firstIndex(of: 0x0D) else { return nil }
        if bytes[next..<next + delimiter.count].elementsEqual(delimiter) { return next + base }
        index = next + 1
      }
      return nil
    }
  }

  /// - Parameter bytes: a part from the line end of its delimiter to the next delimiter.
  private func part(in bytes: ArraySlice<UInt8>) throws(MultipartError) -> MultipartPart {
    var headers = HTTPHeaders()
    var rest = bytes.dropFirst(2)
    while true {
      guard let lineEnd = lineEnd(in: rest), lineEnd - bytes.startIndex <= Self.maxHeaderBytes else {
        throw MultipartError(.malformedHeader, "The header of a part does not end with a blank line.")
      }
      let line = rest[rest.startIndex..<lineEnd]
      rest = rest[(lineEnd + 2)...]
      if line.isEmpty { break }
      guard let colon = line.firstIndex(of: 0x3A) else {
        throw MultipartError(.malformedHeader, "A header line of a part has no colon.")
      }
      let name = String(decoding: line[..<colon], as: UTF8.self)
      guard ASCII.isToken(name) else {
        throw MultipartError(.malformedHeader, "A header of a part has a malformed name.")
      }
      let value = String(decoding: line[(colon + 1)...], as: UTF8.self)
      headers.append(name, String(ASCII.trimmed(value[...])))
    }
    return try makePart(headers, content: rest)
  }

  private func lineEnd(in bytes: ArraySlice<UInt8>) -> Int? {
    var index = bytes.startIndex
    while let next = bytes[index...].firstIndex(of: 0x0D), next + 1 < bytes.endIndex {
      if bytes[next + 1] == 0x0A { return next }
      index = next + 1
    }
    return nil
  }

  private func makePart(
    _ headers: HTTPHeaders, content: ArraySlice<UInt8>
  ) throws(MultipartError) -> MultipartPart {
    var scanner = ParameterScanner(headers["Content-Disposition"] ?? "")
    let kind = scanner.readHead()
    let parameters = scanner.readParameters()
    guard ASCII.equalIgnoringCase(kind, "form-data"), let name = parameters["name"] else {
      throw MultipartError(
        .missingName, "A part has no 'Content-Disposition: form-data; name=...' that names its field.")
    }
    return MultipartPart(
      name: name, filename: parameters["filename"].map(Self.lastComponent),
      contentType: headers["Content-Type"],
      content: content)
  }

  /// A file's name without the folders that some clients send, and without what no name can hold.
  private static func lastComponent(_ filename: String) -> String {
    let name = filename.utf8.split { $0 == 0x2F || $0 == 0x5C }.last ?? ""[...].utf8
    return String(decoding: name.filter { !ASCII.isControl($0) }, as: UTF8.self)
  }

  private var truncated: MultipartError {
    MultipartError(.truncated, "The form ends before its closing boundary.")
  }
}
