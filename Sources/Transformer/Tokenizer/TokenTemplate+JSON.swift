extension TokenTemplate {
  /// Reads the `post_processor` of a `tokenizer.json`.
  ///
  /// - Parameter id: finds a token that the processor names without its number.
  init(
    _ processor: JSONValue, file: String, id: (String) throws(TransformerError) -> Int32
  ) throws(TransformerError) {
    func end(_ key: String) throws(TransformerError) -> Int32 {
      let token = processor[key]?.array ?? []
      if token.count == 2, let value = token[1].integer, let number = Int32(exactly: value), number >= 0 {
        return number
      }
      guard let name = token.first?.string else {
        throw .malformed(file: file, reason: "its post-processor has no '\(key)'")
      }
      return try id(name)
    }
    switch processor["type"]?.string {
    case "BertProcessing": self = .bert(start: try end("cls"), end: try end("sep"))
    case "RobertaProcessing": self = .roberta(start: try end("cls"), end: try end("sep"))
    case "TemplateProcessing": try self.init(template: processor, file: file, id: id)
    case let type:
      throw .unsupported(file: file, reason: "its post-processor \(type ?? "none") is not supported")
    }
  }

  /// An element of a template: a text or a special token.
  private struct Element {
    /// Nil for a text.
    var token: Int32?
    var segment: Int
  }

  private init(
    template processor: JSONValue, file: String, id: (String) throws(TransformerError) -> Int32
  ) throws(TransformerError) {
    func elements(_ key: String) throws(TransformerError) -> [Element] {
      var elements: [Element] = []
      for item in processor[key]?.array ?? [] {
        let part = item["SpecialToken"] ?? item["Sequence"]
        var element = Element(token: nil, segment: part?["type_id"]?.integer ?? 0)
        if let name = item["SpecialToken"]?["id"]?.string {
          let stated = processor["special_tokens"]?[name]?["ids"]?.array
          let number = stated?.count == 1 ? stated?[0].integer.flatMap { Int32(exactly: $0) } : nil
          if let number, number >= 0 { element.token = number } else { element.token = try id(name) }
        }
        elements.append(element)
      }
      return elements
    }
    let single = try elements("single")
    guard single.count == 3, let start = single[0].token, single[1].token == nil, let end = single[2].token,
      single.allSatisfy({ $0.segment == 0 })
    else {
      throw .unsupported(file: file, reason: "its template is not a text between two special tokens")
    }
    self = .bert(start: start, end: end)
    let pair = try elements("pair")
    if pair.isEmpty { return }
    let middle = pair.dropFirst(2).dropLast(2)
    let segments = pair.map(\.segment)
    tellsTextsApart = segments.last == 1
    let usual = (0..<pair.count).map { tellsTextsApart && $0 >= pair.count - 2 ? 1 : 0 }
    guard pair.count >= 5, pair[0].token == start, pair[1].token == nil,
      middle.allSatisfy({ $0.token != nil }), pair[pair.count - 2].token == nil,
      pair[pair.count - 1].token == end, segments == usual
    else {
      throw .unsupported(
        file: file,
        reason: "its template for pairs is not two texts with special tokens around and between them")
    }
    self.middle = middle.compactMap(\.token)
  }
}
