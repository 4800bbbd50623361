import Testing

/// A text in some markup and the outline that is to be read from it.
struct OutlineSample: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let text: String
  let outline: [String]

  init(_ name: String, _ text: String, _ outline: [String]) {
    (testDescription, self.text, self.outline) = (name, text, outline)
  }
}
