/// Scripts and styles that a tool has packed into few long lines for browsers, and the indexes of words that sites search.
enum PackedScript {
  /// Bytes of a line, at the mean, that nobody writes by hand.
  private static let longLine = 400
  private static let kinds: Set<String> = ["js", "mjs", "cjs", "css"]

  /// - Parameter head: the first bytes of the file, some kilobytes where it has as many.
  static func isPacked(name: String, head: [UInt8]) -> Bool {
    guard kinds.contains(FileName.pathExtension(name)) else { return false }
    let last = FileName.lastComponent(name)
    if last.hasSuffix(".min.js") || last.hasSuffix(".min.css") { return true }
    let lines = head.lazy.filter { $0 == UInt8(ascii: "\n") }.count + 1
    return head.count / lines > longLine
  }

  /// Whether a file of this name may be one.
  static func mayBePacked(_ name: String) -> Bool { kinds.contains(FileName.pathExtension(name)) }
}
