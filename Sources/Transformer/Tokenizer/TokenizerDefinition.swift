/// A WordPiece tokenizer as its files describe it.
struct TokenizerDefinition: Sendable {
  /// Bounds on vocabularies, far above real ones (the largest WordPiece vocabularies have 500,000 pieces).
  private static let mostPieces = 1 << 22
  private static let mostBytes = 1 << 28

  var pieces: [(text: String, id: Int32)]
  var continuingPrefix = "##"
  var options = NormalizerOptions()
  var addedTokens: [AddedToken] = []
  var longestWord = WordPieceTokenizer.defaultLongestWord
  var unknown: Int32
  var start: Int32
  var end: Int32

  init(directory: String) throws(TransformerError) {
    let json = directory + "/tokenizer.json"
    if MappedFile.exists(json) {
      try self.init(json: try JSONValue.read(json), file: json)
    } else {
      try self.init(vocabularyFile: directory + "/vocab.txt", directory: directory)
    }
  }

  /// Ids of `pieces`, checked to be usable.
  private init(
    pieces: [(text: String, id: Int32)], unknown: String, start: String, end: String, file: String
  ) throws(TransformerError) {
    guard pieces.count <= Self.mostPieces, pieces.reduce(0, { $0 + $1.text.utf8.count }) <= Self.mostBytes
    else { throw .malformed(file: file, reason: "its vocabulary has \(pieces.count) pieces") }
    var found: [String: Int32] = [:]
    for (text, id) in pieces where text == unknown || text == start || text == end { found[text] = id }
    func id(_ token: String) throws(TransformerError) -> Int32 {
      guard let id = found[token] else {
        throw .malformed(file: file, reason: "its vocabulary has no '\(token)'")
      }
      return id
    }
    self.pieces = pieces
    self.unknown = try id(unknown)
    self.start = try id(start)
    self.end = try id(end)
  }

  // MARK: - vocab.txt

  /// One piece a line, its number the line's, with the options of `tokenizer_config.json` beside it.
  init(vocabularyFile file: String, directory: String) throws(TransformerError) {
    let contents = try MappedFile(path: file)
    var pieces: [(text: String, id: Int32)] = []
    var lines = contents.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    guard lines.count <= Self.mostPieces else {
      throw .malformed(file: file, reason: "its vocabulary has \(lines.count) pieces")
    }
    for (id, line) in lines.enumerated() {
      let line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      pieces.append((String(decoding: line, as: UTF8.self), Int32(id)))
    }
    let optionsFile = directory + "/tokenizer_config.json"
    let json = MappedFile.exists(optionsFile) ? try JSONValue.read(optionsFile) : .object([])
    func token(_ key: String, _ usual: String) -> String {
      json[key]?.string ?? json[key]?["content"]?.string ?? usual
    }
    let unknown = token("unk_token", "[UNK]")
    let start = token("cls_token", "[CLS]")
    let end = token("sep_token", "[SEP]")
    try self.init(pieces: pieces, unknown: unknown, start: start, end: end, file: file)
    options.lowercase = json["do_lower_case"]?.boolean ?? true
    options.stripAccents = json["strip_accents"]?.boolean ?? options.lowercase
    options.handleChineseCharacters = json["tokenize_chinese_chars"]?.boolean ?? true
    let special = [unknown, start, end, token("pad_token", "[PAD]"), token("mask_token", "[MASK]")]
    addedTokens = pieces.filter { special.contains($0.text) }.map { AddedToken(text: $0.text, id: $0.id) }
  }

  // MARK: - tokenizer.json

  init(json: JSONValue, file: String) throws(TransformerError) {
    guard let model = json["model"], let vocabulary = model["vocab"]?.object else {
      throw .unsupported(file: file, reason: "it has no WordPiece vocabulary")
    }
    if let type = model["type"]?.string, type != "WordPiece" {
      throw .unsupported(file: file, reason: "its tokenizer is \(type), and only WordPiece is implemented")
    }
    var pieces: [(text: String, id: Int32)] = []
    pieces.reserveCapacity(vocabulary.count)
    for member in vocabulary {
      guard let value = member.value.integer, let id = Int32(exactly: value), id >= 0 else {
        throw .malformed(file: file, reason: "the piece '\(member.key)' has no number")
      }
      pieces.append((member.key, id))
    }
    let ends = try Self.ends(json["post_processor"], file: file)
    try self.init(
      pieces: pieces, unknown: model["unk_token"]?.string ?? "[UNK]", start: ends.start, end: ends.end,
      file: file)
    continuingPrefix = model["continuing_subword_prefix"]?.string ?? "##"
    if let limit = model["max_input_chars_per_word"]?.integer, 1...100_000 ~= limit { longestWord = limit }
    options = try Self.options(json["normalizer"], file: file)
    let splitter = json["pre_tokenizer"]?["type"]?.string ?? "none"
    guard splitter == "BertPreTokenizer" else {
      throw .unsupported(file: file, reason: "its pre-tokenizer is \(splitter) instead of BertPreTokenizer")
    }
    for token in json["added_tokens"]?.array ?? [] {
      guard let text = token["content"]?.string, let value = token["id"]?.integer,
        let id = Int32(exactly: value), id >= 0
      else { throw .malformed(file: file, reason: "an added token has no text or number") }
      guard token["normalized"]?.boolean != true else {
        throw .unsupported(file: file, reason: "its added token '\(text)' is matched in normalized text")
      }
      addedTokens.append(
        AddedToken(text: text, id: id, isSingleWord: token["single_word"]?.boolean ?? false))
    }
  }

  private static func options(
    _ normalizer: JSONValue?, file: String
  ) throws(TransformerError) -> NormalizerOptions {
    guard let normalizer, normalizer["type"]?.string == "BertNormalizer" else {
      let type = normalizer?["type"]?.string ?? "none"
      throw .unsupported(file: file, reason: "its normalizer is \(type) instead of BertNormalizer")
    }
    var options = NormalizerOptions()
    options.lowercase = normalizer["lowercase"]?.boolean ?? true
    options.stripAccents = normalizer["strip_accents"]?.boolean ?? options.lowercase
    options.cleanText = normalizer["clean_text"]?.boolean ?? true
    options.handleChineseCharacters = normalizer["handle_chinese_chars"]?.boolean ?? true
    return options
  }

  /// The tokens that stand before and after a text.
  private static func ends(
    _ processor: JSONValue?, file: String
  ) throws(TransformerError) -> (start: String, end: String) {
    switch processor?["type"]?.string {
    case "TemplateProcessing":
      let parts = processor?["single"]?.array ?? []
      guard parts.count == 3, parts[1]["Sequence"] != nil,
        let start = parts[0]["SpecialToken"]?["id"]?.string, let end = parts[2]["SpecialToken"]?["id"]?.string
      else {
        throw .unsupported(file: file, reason: "its template is not a text between two special tokens")
      }
      return (start, end)
    case "BertProcessing":
      return (
        processor?["cls"]?.array?.first?.string ?? "[CLS]", processor?["sep"]?.array?.first?.string ?? "[SEP]"
      )
    case nil: return ("[CLS]", "[SEP]")
    case .some(let type):
      throw .unsupported(file: file, reason: "its post-processor \(type) is not supported")
    }
  }
}
