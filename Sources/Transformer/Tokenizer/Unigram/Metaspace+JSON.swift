extension Metaspace {
  /// Reads a pre-tokenizer of this type.
  init(_ json: JSONValue, file: String) throws(TransformerError) {
    if let replacement = json["replacement"]?.string {
      guard replacement.unicodeScalars.count == 1 else {
        throw .malformed(file: file, reason: "the replacement of its Metaspace is not one character")
      }
      mark = Array(replacement.utf8)
    }
    switch json["prepend_scheme"]?.string {
    case nil: isPrepended = json["add_prefix_space"]?.boolean ?? true
    case "always": isPrepended = true
    case "never": isPrepended = false
    case .some(let scheme):
      throw .unsupported(
        file: file, reason: "the prepend_scheme of its Metaspace is '\(scheme)', not always or never")
    }
    splits = json["split"]?.boolean ?? true
  }
}
