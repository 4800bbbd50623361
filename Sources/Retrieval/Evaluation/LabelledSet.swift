import FoundationEssentials
import Glibc

/// A labelled set in BEIR's layout: `corpus.jsonl`, `queries.jsonl`, `qrels/test.tsv` and, where there is one,
/// `queries-unanswerable.jsonl`; each may be packed with gzip.
public struct LabelledSet: Sendable {
  /// A document as `corpus.jsonl` has it.
  public struct Document: Sendable, Codable {
    public var id: String
    public var title: String?
    public var text: String

    enum CodingKeys: String, CodingKey {
      case id = "_id"
      case title, text
    }
  }

  /// A question as `queries.jsonl` has it.
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

  /// Why a set cannot be read or measured.
  public struct Failure: Error, CustomStringConvertible {
    public var description: String
  }

  public let name: String
  /// Name of the judgements' file without its ending: `test`, unless there is none.
  public let split: String
  /// Each id once.
  public let documents: [Document]
  /// Queries that have judgements, each id once.
  public let queries: [Query]
  /// Questions that the documents do not answer.
  public let unanswerable: [Query]
  /// Relevance by query and document; above 0 is relevant.
  public let judgements: [String: [String: Double]]
  /// What is odd about the set and does not keep it from being measured, in sentences.
  public let remarks: [String]
  /// Queries that are a document themselves, under its id: it is not what they look for.
  private let documentQueries: Set<String>

  /// Splits in the order in which they are looked for.
  private static let splits = ["test", "dev", "validation", "train"]

  /// - Parameter split: whose judgements count; the first that there is by default, `test` before all.
  public init(directory: String, split: String? = nil) throws {
    let files = LabelledSetFiles(directory)
    name = Self.name(of: directory)
    var remarks: [String] = []
    documents = Self.unique(try files.lines("corpus.jsonl", of: Document.self), \.id, "document", &remarks)
    self.split =
      split ?? Self.splits.first { files.exists("qrels/\($0).tsv") } ?? Self.splits[0]
    let judgements = try Judgements(try files.text("qrels/\(self.split).tsv")).scores
    let all = Self.unique(try files.lines("queries.jsonl", of: Query.self), \.id, "query", &remarks)
    queries = all.filter { judgements[$0.id] != nil }
    let other = "queries-unanswerable.jsonl"
    unanswerable = files.exists(other) ? try files.lines(other, of: Query.self) : []
    guard let first = queries.first else {
      let examples = [all.first?.id, judgements.keys.min()].map { "'\($0 ?? "")'" }.joined(separator: " and ")
      throw Failure(
        description:
          "'\(directory)' has no query with a judgement in qrels/\(self.split).tsv; they name \(examples), for example."
      )
    }
    let known = Set(documents.map(\.id))
    let judged = Set(queries.flatMap { (judgements[$0.id] ?? [:]).keys })
    if judged.isDisjoint(with: known) {
      let example = judgements[first.id]?.keys.min() ?? ""
      throw Failure(
        description: "'\(directory)' has none of the documents that are judged, such as '\(example)'.")
    }
    let lost = judged.subtracting(known).count
    if lost > 0 {
      remarks.append("Judged documents that are not in the corpus, which count as not found: \(lost).")
    }
    let strangers = judgements.count - queries.count
    if strangers > 0 {
      remarks.append("Judged queries that are not in queries.jsonl and are left out: \(strangers).")
    }
    let hopeless = queries.filter { judgements[$0.id]?.values.contains { $0 > 0 } != true }.count
    if hopeless > 0 { remarks.append("Queries without a relevant document, which count as 0: \(hopeless).") }
    let blank = queries.filter { $0.text.allSatisfy(\.isWhitespace) }.count
    if blank > 0 { remarks.append("Blank queries: \(blank).") }
    if self.split != Self.splits[0] { remarks.append("The judgements are those of '\(self.split)'.") }
    documentQueries = Self.documentQueries(queries, documents)
    self.judgements = judgements
    self.remarks = remarks
  }

  /// Whether a query's own document stands at `document`, and was not judged: benchmarks that look for what answers
  /// or repeats a document leave that itself out (ArguAna and Quora, as BEIR measures them).
  func isQuery(_ query: Query, _ document: String) -> Bool {
    document == query.id && documentQueries.contains(document) && judgements[query.id]?[document] == nil
  }

  private static func documentQueries(_ queries: [Query], _ documents: [Document]) -> Set<String> {
    let texts = Dictionary(queries.map { ($0.id, $0.text) }, uniquingKeysWith: { $1 })
    func start(_ text: String) -> [Substring] { Array(text.split(whereSeparator: \.isWhitespace).prefix(20)) }
    var found: Set<String> = []
    for document in documents {
      guard let text = texts[document.id] else { continue }
      let words = start(text)
      guard !words.isEmpty else { continue }
      if start(document.text) == words || start((document.title ?? "") + " " + document.text) == words {
        found.insert(document.id)
      }
    }
    return found
  }

  /// Each id once, with what was said of it last.
  private static func unique<Item>(
    _ items: [Item], _ id: KeyPath<Item, String>, _ kind: String, _ remarks: inout [String]
  ) -> [Item] {
    var positions: [String: Int] = [:]
    var kept: [Item] = []
    for item in items {
      if let position = positions[item[keyPath: id]] {
        kept[position] = item
      } else {
        positions[item[keyPath: id]] = kept.count
        kept.append(item)
      }
    }
    let twice = items.count - kept.count
    if twice > 0 {
      remarks.append("Lines with the id of another \(kind), of which the last counts: \(twice).")
    }
    return kept
  }

  /// The folder's own name, also where it is given as `.`.
  private static func name(of directory: String) -> String {
    func last(_ path: String) -> String? { path.split(separator: "/").last.map(String.init) }
    if let name = last(directory), name != ".", name != ".." { return name }
    guard let path = realpath(directory, nil) else { return directory }
    defer { free(path) }
    return last(String(cString: path)) ?? directory
  }
}

extension LabelledSet.Document {
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    id = try values.identifier(.id)
    title = try values.decodeIfPresent(String.self, forKey: .title)
    text = try values.decodeIfPresent(String.self, forKey: .text) ?? ""
  }
}

extension LabelledSet.Query {
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    id = try values.identifier(.id)
    text = try values.decodeIfPresent(String.self, forKey: .text) ?? ""
    if let one = try? values.decode(String.self, forKey: .answers) {
      answers = [one]
    } else {
      answers = try values.decodeIfPresent([String].self, forKey: .answers)
    }
  }
}

extension KeyedDecodingContainer {
  /// An id, which some sets write as a number.
  fileprivate func identifier(_ key: Key) throws -> String {
    if let number = try? decode(Int.self, forKey: key) { return String(number) }
    return try decode(String.self, forKey: key)
  }
}
