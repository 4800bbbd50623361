/// What is read of a notebook's JSON (nbformat 3 and 4).
struct Notebook: Decodable {
  struct Metadata: Decodable {
    var title: String?
    private enum CodingKeys: CodingKey { case title }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      title = try? container.decode(String.self, forKey: .title)
      if title?.isEmpty == true { title = nil }
    }
  }

  /// Text that the format stores as one string or as a list of lines.
  struct Lines: Decodable {
    var text: String

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let lines = try? container.decode([String].self) {
        text = lines.joined()
      } else {
        text = try container.decode(String.self)
      }
    }
  }

  struct Output: Decodable {
    var plainText: String?
    var markdown: String?
    var errorName: String?
    var errorValue: String?
    var hasPicture = false

    private enum CodingKeys: String, CodingKey {
      case data, text, ename, evalue, png, jpeg, svg
    }

    private struct MediaType: CodingKey {
      let stringValue: String
      let intValue: Int? = nil
      init(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      errorName = try? container.decode(String.self, forKey: .ename)
      errorValue = try? container.decode(String.self, forKey: .evalue)
      plainText = (try? container.decode(Lines.self, forKey: .text))?.text
      hasPicture = [.png, .jpeg, .svg].contains { container.contains($0) }
      if let data = try? container.nestedContainer(keyedBy: MediaType.self, forKey: .data) {
        plainText =
          (try? data.decode(Lines.self, forKey: MediaType(stringValue: "text/plain")))?.text ?? plainText
        markdown = (try? data.decode(Lines.self, forKey: MediaType(stringValue: "text/markdown")))?.text
        hasPicture = hasPicture || data.allKeys.contains { $0.stringValue.hasPrefix("image/") }
      }
    }
  }

  struct Cell: Decodable {
    var type: String
    var text: String
    /// Of a heading cell in format 3.
    var level: Int?
    var outputs: [Output]

    private enum CodingKeys: String, CodingKey {
      case type = "cell_type"
      case source, input, level, outputs
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      type = try container.decode(String.self, forKey: .type)
      let key = container.contains(.source) ? CodingKeys.source : .input
      text = try container.decode(Lines.self, forKey: key).text
      level = try? container.decode(Int.self, forKey: .level)
      outputs = ((try? container.decode([Lossy<Output>].self, forKey: .outputs)) ?? []).compactMap(\.value)
    }
  }

  struct Worksheet: Decodable {
    var cells: [Lossy<Cell>]
  }

  /// An element of a list, or nil if it is not what it should be.
  struct Lossy<Value: Decodable>: Decodable {
    var value: Value?
    init(from decoder: any Decoder) throws { value = try? Value(from: decoder) }
  }

  var metadata: Metadata?
  private var cells: [Lossy<Cell>]

  private enum CodingKeys: CodingKey { case metadata, cells, worksheets }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    metadata = try? container.decode(Metadata.self, forKey: .metadata)
    if container.contains(.cells) {
      cells = try container.decode([Lossy<Cell>].self, forKey: .cells)
    } else {
      cells = try container.decode([Worksheet].self, forKey: .worksheets).flatMap(\.cells)
    }
  }

  var allCells: [Cell] { cells.compactMap(\.value) }

  var unreadableCells: Int { cells.count { $0.value == nil } }
}
