extension TextNormalizer {
  /// Reads the `normalizer` of a `tokenizer.json`.
  init(_ json: JSONValue?, file: String) throws(TransformerError) {
    guard let json, json != .null else { return }
    let type = json["type"]?.string ?? "none"
    switch type {
    case "Sequence":
      for part in json["normalizers"]?.array ?? [] { steps += try TextNormalizer(part, file: file).steps }
    case "Precompiled":
      guard let text = json["precompiled_charsmap"]?.string, let bytes = Base64.decode(text),
        let map = CharacterMap(bytes)
      else { throw .malformed(file: file, reason: "its 'precompiled_charsmap' is not a character map") }
      steps = [.map(map)]
    case "Strip":
      steps = [
        .strip(
          left: json["strip_left"]?.boolean ?? true, right: json["strip_right"]?.boolean ?? true)
      ]
    case "Replace":
      guard let new = json["content"]?.string else {
        throw .malformed(file: file, reason: "its normalizer Replace has no 'content'")
      }
      if let old = json["pattern"]?["String"]?.string, !old.isEmpty {
        steps = [.replace(text: Array(old.utf8), with: Array(new.utf8))]
      } else if json["pattern"]?["Regex"]?.string == " {2,}" {
        steps = [.replaceSpaces(with: Array(new.utf8))]
      } else {
        let pattern = json["pattern"]?["Regex"]?.string ?? ""
        throw .unsupported(file: file, reason: "its normalizer replaces '\(pattern)', which is not supported")
      }
    default:
      throw .unsupported(file: file, reason: "its normalizer \(type) is not supported with Unigram")
    }
  }
}
