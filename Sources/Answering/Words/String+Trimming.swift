extension StringProtocol {
  /// Without the characters at both ends for which `isEdge` is true.
  func trimming(while isEdge: (Character) -> Bool) -> String {
    guard let first = firstIndex(where: { !isEdge($0) }), let last = lastIndex(where: { !isEdge($0) })
    else { return "" }
    return String(self[first...last])
  }
}

extension String {
  /// Without the white space at both ends.
  var trimmed: String { trimming(while: \.isWhitespace) }
}
