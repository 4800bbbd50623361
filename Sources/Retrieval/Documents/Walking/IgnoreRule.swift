/// One line of an ignore file, as gitignore(5) defines it.
struct IgnoreRule: Sendable, Equatable {
  /// `!`: takes back what an earlier rule ignored.
  let isNegated: Bool
  /// A trailing slash: the rule is for folders.
  let isForFolders: Bool
  /// A slash elsewhere: the pattern is for the path from the ignore file's folder, not for a name at any depth.
  let isAnchored: Bool
  private let pattern: GlobPattern

  /// - Returns: nil for a blank line, a comment and a pattern that can match nothing.
  init?(line: some StringProtocol) {
    var text = Self.withoutTrailingSpace(line)[...]
    guard let first = text.first, first != "#" else { return nil }
    isNegated = first == "!"
    if isNegated { text.removeFirst() }
    isForFolders = text.hasSuffix("/")
    if isForFolders { text.removeLast() }
    isAnchored = text.contains("/")
    if text.hasPrefix("/") { text.removeFirst() }
    guard !text.isEmpty, let pattern = GlobPattern(text) else { return nil }
    self.pattern = pattern
  }

  /// - Parameter path: relative to the ignore file's folder, not empty.
  func matches(_ path: ArraySlice<PathComponent>, isFolder: Bool) -> Bool {
    guard isFolder || !isForFolders else { return false }
    return pattern.matches(isAnchored ? path : path.suffix(1))
  }

  /// Spaces at the end do not count unless a backslash stands before them.
  private static func withoutTrailingSpace(_ line: some StringProtocol) -> String {
    var scalars = Array(line.unicodeScalars)
    if scalars.last == "\r" { scalars.removeLast() }
    var end = 0
    var index = 0
    while index < scalars.count {
      let isEscape = scalars[index] == "\\"
      if isEscape { index += 1 }
      if isEscape || scalars[index] != " " { end = min(index + 1, scalars.count) }
      index += 1
    }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars[..<end])
    return String(text)
  }
}
