/// Collects the header lines that libcurl passes on, one at a time, into the head of the final answer.
///
/// Interim answers (1xx) and, while redirects are being followed, those answers are skipped; lines after
/// the head are trailers and ignored.
struct ResponseHeadParser {
  /// Line bytes of all heads together, so that a peer cannot fill the memory with header fields.
  static let maximumBytes = 256 << 10

  private var head: HTTPResponseHead?
  private var bytes = 0
  private var redirectsLeft: Int
  private(set) var isComplete = false

  init(redirects: Int) {
    redirectsLeft = redirects
  }

  /// Takes a line with or without its line break; returns the head with the empty line that ends it.
  mutating func consume(_ raw: some Collection<UInt8>) throws(HTTPClientError) -> HTTPResponseHead? {
    bytes += raw.count
    if bytes > Self.maximumBytes {
      throw HTTPClientError(.tooLarge, "the header fields are larger than \(Self.maximumBytes) bytes")
    }
    if isComplete { return nil }
    let line = String(decoding: raw, as: UTF8.self).trimmed
    if line.hasPrefix("HTTP/") {
      head = HTTPResponseHead(status: Self.status(of: line))
    } else if line.isEmpty {
      return finishHead()
    } else if raw.first == 0x20 || raw.first == 0x09 {
      head?.headers.extendLast(by: line)
    } else if let colon = line.firstIndex(of: ":") {
      head?.headers.append(
        String(line[..<colon]).trimmed, String(line[line.index(after: colon)...]).trimmed)
    }
    return nil
  }

  private mutating func finishHead() -> HTTPResponseHead? {
    guard let finished = head else { return nil }
    head = nil
    if (100..<200).contains(finished.status) { return nil }
    if (300..<400).contains(finished.status), finished.status != 304, redirectsLeft > 0,
      finished.headers["Location"] != nil
    {
      redirectsLeft -= 1
      return nil
    }
    isComplete = true
    return finished
  }

  /// The second word of `HTTP/1.1 200 OK`, 0 if that is no number.
  private static func status(of line: String) -> Int {
    let words = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: true)
    return words.count > 1 ? Int(words[1]) ?? 0 : 0
  }
}

extension String {
  /// Without spaces, tabs and line breaks at both ends.
  var trimmed: String {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
    let bytes = utf8
    guard let first = bytes.firstIndex(where: { !isBlank($0) }),
      let last = bytes.lastIndex(where: { !isBlank($0) })
    else { return "" }
    return String(self[first...last])
  }
}
