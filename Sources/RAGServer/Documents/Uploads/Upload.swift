import FoundationEssentials
import Models
import State

/// A document that was sent and is, or was, to be taken into the corpus.
struct Upload: Sendable, Equatable {
  enum Status: String, Sendable, Codable, CaseIterable {
    /// Its content is being stored; nobody has been told of it yet.
    case receiving
    case queued, running, ready, failed
  }

  /// A process that works on it, and until when it is believed to live.
  struct Claim: Sendable, Equatable {
    var process: String
    /// The corpus that it goes into. Where that has a lock, whoever holds it knows that the process is gone.
    var corpus: String
    var until: Date
  }

  var id: String
  var name: String
  var collection: String
  var tags: [String]
  /// Bytes.
  var size: Int
  /// Records that the content is kept in.
  var pieces: Int
  var status: Status
  /// Why it failed, or why it waits for another attempt.
  var error: String?
  /// Chunks of the document in the corpus.
  var chunks: Int?
  var documentID: Int?
  /// How often somebody has begun to take it in.
  var attempts = 0
  /// When it may be tried again.
  var notBefore: Date?
  var claim: Claim?
  var createdAt: Date
  var updatedAt: Date

  /// The document's identity in the corpus where it did not come by an upload: a file that is read again.
  var origin: String?
  /// Identifier of the API key that it was sent with.
  var key: String?

  /// The document's identity in the corpus.
  var source: String { origin ?? "upload:///\(name)" }
}

extension Upload {
  /// The upload that a record holds; nil for any other record.
  init?(_ record: Record) {
    guard record.kind == Record.Kind.upload, let name = record.content["name"]?.string,
      let status = record.subject.flatMap(Status.init(rawValue:))
    else { return nil }
    let content = record.content
    func date(_ key: String, in value: JSONValue) -> Date? {
      value[key]?.number.map { Date(timeIntervalSince1970: $0) }
    }
    id = record.id
    self.name = name
    collection = content["collection"]?.string ?? "default"
    tags = content["tags"]?.array?.compactMap(\.string) ?? []
    size = content["size"]?.integer ?? 0
    pieces = content["pieces"]?.integer ?? 0
    self.status = status
    error = content["error"]?.string
    chunks = content["chunks"]?.integer
    documentID = content["document_id"]?.integer
    attempts = content["attempts"]?.integer ?? 0
    origin = content["origin"]?.string
    key = content["key"]?.string
    notBefore = date("not_before", in: content)
    if let value = content["claim"], let process = value["process"]?.string,
      let corpus = value["corpus"]?.string, let until = date("until", in: value)
    {
      claim = Claim(process: process, corpus: corpus, until: until)
    }
    createdAt = record.createdAt
    updatedAt = record.updatedAt
  }

  /// The record that keeps it; its subject is the status, by which uploads are looked for.
  var record: Record {
    var content: [String: JSONValue] = [
      "name": .string(name), "collection": .string(collection), "tags": .array(tags.map { .string($0) }),
      "size": .integer(size), "pieces": .integer(pieces), "attempts": .integer(attempts),
    ]
    if let error { content["error"] = .string(error) }
    if let chunks { content["chunks"] = .integer(chunks) }
    if let documentID { content["document_id"] = .integer(documentID) }
    if let origin { content["origin"] = .string(origin) }
    if let key { content["key"] = .string(key) }
    if let notBefore { content["not_before"] = .number(notBefore.timeIntervalSince1970) }
    if let claim {
      content["claim"] = [
        "process": .string(claim.process), "corpus": .string(claim.corpus),
        "until": .number(claim.until.timeIntervalSince1970),
      ]
    }
    return Record(
      id: id, kind: Record.Kind.upload, createdAt: createdAt, updatedAt: updatedAt, subject: status.rawValue,
      content: .object(content))
  }

  /// Whether a process may begin with it now.
  ///
  /// - Parameter locked: the corpus whose lock the process holds; nil if any number of processes may write it.
  func canBeClaimed(at now: Date, locked: String?) -> Bool {
    switch status {
    case .queued: notBefore.map { $0 <= now } ?? true
    case .running: claim.map { $0.until <= now || $0.corpus == locked } ?? true
    case .receiving, .ready, .failed: false
    }
  }
}

extension JSONValue {
  /// The value of any number.
  fileprivate var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }
}
