/// A WordPiece tokenizer as its files describe it.
struct WordPieceDefinition: Sendable {
  /// Bounds on vocabularies, far above real ones (the largest WordPiece vocabularies have 500,000 pieces).
  private static let mostPieces = 1 << 22
  private static let mostBytes = 1 << 28

  var pieces: [(text: String, id: Int32)]
  var continuingPrefix = "##"
  var options = NormalizerOptions()
  var addedTokens: [AddedToken] = []
  var longestWord = WordPieceSplitter.defaultLongestWord
  var unknown: Int32
  var template: TokenTemplate

  /// Checks `pieces` to be usable and finds the special ones among them.
  private init(
    pieces: [(text: String, id: Int32)], unknown: String, file: String,
    template: ((String) throws(TransformerError) -> Int32) throws(TransformerError) -> TokenTemplate
  ) throws(TransformerError) {
    guard pieces.count <= Self.mostPieces, pieces.reduce(0, { $0 + $1.text.utf8.count }) <= Self.mostBytes
    else { throw .malformed(file: file, reason: "its vocabulary has \(pieces.count) pieces") }
    func id(_ token: String) throws(TransformerError) -> Int32 {
      guard let piece = pieces.last(where: { $0.text == token }) else {
        throw .malformed(file: file, reason: "its vocabulary has no '\(token)'")
      }
      return piece.id
    }
    self.pieces = pieces
    self.unknown = try id(unknown)
    self.template = try template(id)
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
    try self.init(pieces: pieces, unknown: unknown, file: file) { (id) throws(TransformerError) in
      .bert(start: try id(start), end: try id(end))
    }
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
    var pieces: [(text: String, id: Int32)] = []
    pieces.reserveCapacity(vocabulary.count)
    for member in vocabulary {
      guard let value = member.value.integer, let id = Int32(exactly: value), id >= 0 else {
        throw .malformed(file: file, reason: "the piece '\(member.key)' has no number")
      }
      pieces.append((member.key, id))
    }
    try self.init(
      pieces: pieces, unknown: model["unk_token"]?.string ?? "[UNK]", file: file
    ) { (id) throws(TransformerError) in
      guard let processor = json["post_processor"], processor != .null else {
        return .bert(start: try id("[CLS]"), end: try id("[SEP]"))
      }
      return try TokenTemplate(processor, file: file, id: id)
    }
    continuingPrefix = model["continuing_subword_prefix"]?.string ?? "##"
    if let limit = model["max_input_chars_per_word"]?.integer, 1...100_000 ~= limit { longestWord = limit }
    options = try Self.options(json["normalizer"], file: file)
    let splitter = json["pre_tokenizer"]?["type"]?.string ?? "none"
    guard splitter == "BertPreTokenizer" else {
      throw .unsupported(file: file, reason: "its pre-tokenizer is \(splitter) instead of BertPreTokenizer")
    }
    addedTokens = try AddedToken.list(json["added_tokens"], file: file)
    if let token = addedTokens.first(where: \.isNormalized) {
      throw .unsupported(file: file, reason: "its added token '\(token.text)' is matched in normalized text")
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
}
