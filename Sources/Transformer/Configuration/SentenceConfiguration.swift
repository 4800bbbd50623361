/// What the sentence-transformers files of a model directory say about using its encoder.
struct SentenceConfiguration: Sendable, Equatable {
  /// Where `config.json`, the weights and the tokenizer are, relative to the directory; empty for its root.
  var encoderFolder = ""
  var pooling = Pooling.mean
  /// Whether the model itself scales its vectors to length 1.
  var normalizes = false
  /// Tokens that a text may have, special ones included; longer texts are cut.
  var maximumTokens: Int?
  /// Text put before inputs of a kind, such as `query` or `document`.
  var prompts: [String: String] = [:]

  init(directory: String) throws(TransformerError) {
    var poolingFolder: String? = "1_Pooling"
    let modulesFile = directory + "/modules.json"
    if MappedFile.exists(modulesFile) {
      poolingFolder = nil
      guard let modules = try JSONValue.read(modulesFile).array else {
        throw .malformed(file: modulesFile, reason: "it is not a list of modules")
      }
      for module in modules {
        let path = module["path"]?.string ?? ""
        guard !path.hasPrefix("/"), !path.split(separator: "/").contains("..") else {
          throw .malformed(file: modulesFile, reason: "the path '\(path)' leaves the model's directory")
        }
        let type = module["type"]?.string ?? ""
        switch type.split(separator: ".").last ?? "" {
        case "Transformer": encoderFolder = path
        case "Pooling": poolingFolder = path
        case "Normalize": normalizes = true
        default:
          throw .unsupported(file: modulesFile, reason: "its module '\(type)' is not supported")
        }
      }
    }
    if let poolingFolder { try readPooling("\(directory)/\(poolingFolder)/config.json") }
    try readLimit("\(directory)/sentence_bert_config.json")
    if !encoderFolder.isEmpty { try readLimit("\(directory)/\(encoderFolder)/sentence_bert_config.json") }
    try readPrompts("\(directory)/config_sentence_transformers.json")
  }

  private mutating func readPooling(_ file: String) throws(TransformerError) {
    guard MappedFile.exists(file) else { return }
    let json = try JSONValue.read(file)
    var modes = (json["pooling_mode"]?.string).map { [$0] } ?? []
    if let several = json["pooling_mode"]?.array { modes = several.compactMap(\.string) }
    let prefix = "pooling_mode_"
    for member in json.object ?? [] where member.key.hasPrefix(prefix) && member.value.boolean == true {
      modes.append(String(member.key.dropFirst(prefix.count)))
    }
    let supported: [String: Pooling] = [
      "mean": .mean, "mean_tokens": .mean, "cls": .cls, "cls_token": .cls, "max": .max, "max_tokens": .max,
      "mean_sqrt_len_tokens": .meanSqrtLength,
    ]
    guard modes.count == 1, let mode = modes.first, let pooling = supported[mode] else {
      let list = modes.isEmpty ? "none" : modes.joined(separator: " and ")
      throw .unsupported(
        file: file, reason: "its pooling is \(list), where one of mean, cls or max is needed")
    }
    self.pooling = pooling
  }

  private mutating func readLimit(_ file: String) throws(TransformerError) {
    guard MappedFile.exists(file) else { return }
    guard let value = try JSONValue.read(file)["max_seq_length"], value != .null else { return }
    guard let limit = value.integer, limit > 2 else {
      throw .malformed(file: file, reason: "its 'max_seq_length' is not a number above 2")
    }
    maximumTokens = limit
  }

  private mutating func readPrompts(_ file: String) throws(TransformerError) {
    guard MappedFile.exists(file) else { return }
    let json = try JSONValue.read(file)
    for member in json["prompts"]?.object ?? [] {
      if let text = member.value.string { prompts[member.key] = text }
    }
  }
}
