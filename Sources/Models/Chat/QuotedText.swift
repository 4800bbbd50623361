/// What documents and conversations say, as a prompt may quote it.
public enum QuotedText {
  /// Text that cannot end the element it stands in, without the marks by which some models part instructions from
  /// text, and without what a model reads and nobody sees: Unicode's tags are letters that have no shape.
  public static func inert(_ text: String) -> String {
    let visible =
      text.unicodeScalars.contains(where: isTag)
      ? String(String.UnicodeScalarView(text.unicodeScalars.filter { !isTag($0) })) : text
    return visible.replacing("<", with: "‹").replacing("[INST]", with: "(INST)")
      .replacing("[/INST]", with: "(/INST)")
  }

  /// The same on one line, as the value of an attribute in quotation marks.
  public static func inert(attribute text: String) -> String {
    inert(text).split(whereSeparator: \.isNewline).joined(separator: " ").replacing("\"", with: "'")
  }

  private static func isTag(_ scalar: Unicode.Scalar) -> Bool {
    (0xE0000...0xE007F).contains(scalar.value)
  }
}
