/// Heading paths as they are stored: joined by a unit separator, which no heading holds.
enum HeadingPath {
  static func encoded(_ path: [String]) -> String {
    path.map { String($0.filter { $0 != "\u{1F}" }) }.joined(separator: "\u{1F}")
  }

  static func decoded(_ stored: String) -> [String] {
    stored.split(separator: "\u{1F}", omittingEmptySubsequences: true).map(String.init)
  }
}
