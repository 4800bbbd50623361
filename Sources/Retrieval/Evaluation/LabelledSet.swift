import FoundationEssentials

/// A labelled set in BEIR's layout: `corpus.jsonl`, `queries.jsonl`, `qrels/test.tsv` and, where there is one,
/// `queries-unanswerable.jsonl`.
public struct LabelledSet: Sendable {
  public struct Document: Sendable, Codable {
    public var id: String
    public var title: String?
    public var text: String

    enum CodingKeys: String, CodingKey {
      case id = "_id"
      case title, text
    }
  }

  public struct Query: Sendable, Codable {
    public var id: String
    public var text: String
    /// Gold answers, any of which is right.
    public var answers: [String]?

    enum CodingKeys: String, CodingKey {
      case id = "_id"
      case text, answers
    }
  }

  public struct Failure: Error, CustomStringConvertible {
    public var description: String
  }

  public let name: String
  public let documents: [Document]
  /// Queries that have judgements.
  public let queries: [Query]
  /// Questions that the documents do not answer.
  public let unanswerable: [Query]
  /// Relevance by query and document; above 0 is relevant.
  public let judgements: [String: [String: Int]]

  public init(directory: String) throws {
    name = directory.split(separator: "/").last.map(String.init) ?? directory
    documents = try Self.lines(directory + "/corpus.jsonl", of: Document.self)
    var judgements: [String: [String: Int]] = [:]
    for (number, line) in try Self.text(directory + "/qrels/test.tsv").split(separator: "\n").enumerated() {
      let fields = line.split(separator: "\t").map { $0.filter { $0 != "\r" } }
      guard fields.count >= 3, let score = Int(fields[fields.count - 1]) else {
        // The first line names the columns.
        if number == 0 { continue }
        throw Failure(
          description:
            "'\(directory)/qrels/test.tsv', line \(number + 1): query, document and score expected.")
      }
      judgements[fields[0], default: [:]][fields[fields.count - 2]] = score
    }
    self.judgements = judgements
    queries = try Self.lines(directory + "/queries.jsonl", of: Query.self).filter { judgements[$0.id] != nil }
    let other = directory + "/queries-unanswerable.jsonl"
    unanswerable = FileAccess.exists(other) ? try Self.lines(other, of: Query.self) : []
    guard !queries.isEmpty else {
      throw Failure(description: "'\(directory)' has no query with a judgement in qrels/test.tsv.")
    }
  }

  private static func text(_ path: String) throws -> String {
    do {
      return String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    } catch {
      throw Failure(
        description:
          "Cannot read '\(path)'. A labelled set has corpus.jsonl, queries.jsonl and qrels/test.tsv.")
    }
  }

  private static func lines<Value: Decodable>(_ path: String, of type: Value.Type) throws -> [Value] {
    let decoder = JSONDecoder()
    return try text(path).split(separator: "\n").enumerated().map { index, line in
      do {
        return try decoder.decode(type, from: Data(line.utf8))
      } catch {
        throw Failure(description: "'\(path)', line \(index + 1) is not as BEIR has it: \(error)")
      }
    }
  }
}

/// Gives the documents of a labelled set to the indexer; sources are `beir:` and the document's id.
public struct LabelledSetLoader: DocumentLoader {
  private static let scheme = "beir:"
  private let documents: [String: LabelledSet.Document]

  public init(_ set: LabelledSet) {
    documents = Dictionary(set.documents.map { (Self.scheme + $0.id, $0) }, uniquingKeysWith: { $1 })
  }

  public var discovery: Discovery {
    Discovery(
      files: documents.keys.sorted().map {
        SourceFile(source: $0, name: String($0.dropFirst(Self.scheme.count)))
      })
  }

  public func read(_ file: SourceFile) throws -> DocumentReader.Content {
    guard let document = documents[file.source] else {
      throw DocumentError(.unreadable, "It is not in the set.")
    }
    // In one order of keys, so that an unchanged document has an unchanged hash.
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return .document(Array(try encoder.encode(document)))
  }

  public func parse(_ bytes: [UInt8], name: String) throws -> ParsedDocument {
    let document = try JSONDecoder().decode(LabelledSet.Document.self, from: Data(bytes))
    var builder = DocumentBuilder()
    builder.title = document.title.flatMap { $0.isEmpty ? nil : $0 }
    var paragraph = ""
    for line in document.text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.allSatisfy(\.isWhitespace) {
        builder.append(.paragraph, paragraph)
        paragraph = ""
      } else {
        paragraph += (paragraph.isEmpty ? "" : "\n") + line
      }
    }
    builder.append(.paragraph, paragraph)
    // A document without text is found by its title.
    if builder.build().blocks.isEmpty { builder.append(.paragraph, document.title ?? name) }
    return builder.build()
  }
}
