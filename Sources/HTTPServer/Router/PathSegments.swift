/// Paths cut at their slashes.
enum PathSegments {
  /// Segments of a path that begins with `/`; one slash at the end is not a segment: `/a/b/` is `/a/b`.
  static func split(_ path: String) -> [Substring] {
    var pieces = path.utf8.dropFirst().split(separator: 0x2F, omittingEmptySubsequences: false)
    if pieces.last?.isEmpty == true { pieces.removeLast() }
    return pieces.map { Substring($0) }
  }

  /// The same, percent-decoded segment by segment, so that `%2F` stays inside its segment; nil for a path
  /// that cannot be decoded.
  static func decode(_ path: String) -> [String]? {
    var segments: [String] = []
    for piece in split(path) {
      guard let segment = PercentEncoding.decodeSegment(piece) else { return nil }
      segments.append(segment)
    }
    return segments
  }
}
