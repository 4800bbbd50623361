/// A response as it came over the wire.
public struct RawResponse: Sendable {
  public let status: Int
  /// Names in lower case, in order.
  public let headers: [(name: String, value: String)]
  public var body: [UInt8] = []

  /// Reads a head that ends with a blank line.
  init?(head: String) {
    let lines = head.utf8.split(separator: 0x0A).map { line in
      String(decoding: line.filter { $0 != 0x0D }, as: UTF8.self)
    }
    let words = lines.first?.split(separator: " ", maxSplits: 2) ?? []
    guard words.count >= 2, words[0] == "HTTP/1.1", let status = Int(words[1]) else { return nil }
    self.status = status
    headers = lines.dropFirst().compactMap { line in
      guard let colon = line.firstIndex(of: ":") else { return nil }
      return (line[..<colon].lowercased(), String(line[line.index(after: colon)...].drop { $0 == " " }))
    }
  }

  /// The first value of `name`.
  public func header(_ name: String) -> String? {
    headers.first { $0.name == name.lowercased() }?.value
  }

  public var text: String { String(decoding: body, as: UTF8.self) }
}
