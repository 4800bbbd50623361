import FoundationEssentials
import Models

/// Records in an SQL database; those of one millisecond keep the order in which they were added.
struct SQLRecordStore: RecordStore {
  let database: any StateDatabase

  private static let columns = "id, kind, owner, subject, created_at, updated_at, content"

  func add(_ record: Record) async throws {
    try await database.write { session in
      try session.run(
        """
        INSERT INTO records (\(Self.columns)) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING
        """,
        .text(record.id), .text(record.kind), StateValue(record.owner), StateValue(record.subject),
        StateValue(record.createdAt), StateValue(record.updatedAt), StateValue(record.content))
    }
  }

  func record(_ id: String) async throws -> Record? {
    try await database.read { session in
      try session.first(
        "SELECT \(Self.columns) FROM records WHERE id = $1", .text(id), map: { try Self.record($0) })
    }
  }

  func records(_ query: RecordQuery) async throws -> [Record] {
    let (condition, values) = Self.condition(query)
    let order = query.newestFirst ? "created_at DESC, sequence DESC" : "created_at, sequence"
    return try await database.read { session in
      var records: [Record] = []
      try session.forEach(
        "SELECT \(Self.columns) FROM records WHERE \(condition) ORDER BY \(order) LIMIT $\(values.count + 1)",
        values + [.integer(max(0, query.limit))]
      ) { records.append(try Self.record($0)) }
      return records
    }
  }

  func count(_ query: RecordQuery) async throws -> Int {
    let (condition, values) = Self.condition(query)
    return try await database.read { session in
      var count = 0
      try session.forEach("SELECT count(*) FROM records WHERE \(condition)", values) { count = $0.integer(0) }
      return count
    }
  }

  func update(
    record id: String, _ change: @escaping @Sendable (inout Record) -> Bool
  ) async throws -> Record? {
    try await database.write { session in
      let stored = try session.first(
        "SELECT \(Self.columns) FROM records WHERE id = $1\(session.rowLock)", .text(id),
        map: { try Self.record($0) })
      guard var record = stored, change(&record) else { return nil }
      record.id = id
      try session.run(
        """
        UPDATE records SET kind = $2, owner = $3, subject = $4, created_at = $5, updated_at = $6, content = $7
        WHERE id = $1
        """,
        .text(id), .text(record.kind), StateValue(record.owner), StateValue(record.subject),
        StateValue(record.createdAt), StateValue(record.updatedAt), StateValue(record.content))
      return record
    }
  }

  func remove(record id: String) async throws -> Bool {
    try await database.write { try $0.run("DELETE FROM records WHERE id = $1", .text(id)) > 0 }
  }

  func remove(kind: String, before time: Date, limit: Int) async throws -> Int {
    try await database.write { session in
      try session.run(
        """
        DELETE FROM records WHERE sequence IN (
          SELECT sequence FROM records WHERE kind = $1 AND created_at < $2 ORDER BY created_at, sequence LIMIT $3)
        """, .text(kind), StateValue(time), .integer(max(0, limit)))
    }
  }

  func remove(kinds: [String], about subjects: [String]) async throws -> Int {
    try await database.write { session in
      var removed = 0
      for subject in subjects {
        for kind in kinds {
          removed += try session.run(
            "DELETE FROM records WHERE subject = $1 AND kind = $2", .text(subject), .text(kind))
        }
      }
      return removed
    }
  }

  func start(ofLatest bytes: Int, kind: String) async throws -> Date? {
    var total = 0
    var oldest: Date?
    var last = (time: Int.max, sequence: Int.max)
    while true {
      // A page at a time: nobody waits for a long look at what may be very much.
      let after = last
      let page = try await database.read { session in
        try session.query(
          """
          SELECT created_at, sequence, \(session.byteCount("content")) FROM records
          WHERE kind = $1 AND (created_at, sequence) < ($2, $3)
          ORDER BY created_at DESC, sequence DESC LIMIT \(Self.page)
          """, .text(kind), .integer(after.time), .integer(after.sequence)
        ) { (time: $0.integer(0), sequence: $0.integer(1), bytes: $0.integer(2)) }
      }
      for record in page {
        total += record.bytes + RecordRetention.overhead
        if total > bytes { return oldest ?? Date(milliseconds: record.time) }
        oldest = Date(milliseconds: record.time)
      }
      guard page.count == Self.page, let end = page.last else { return nil }
      last = (end.time, end.sequence)
    }
  }

  /// Records that are looked at in one step.
  private static let page = 500

  private static func condition(_ query: RecordQuery) -> (sql: String, values: [StateValue]) {
    var terms = ["kind = $1"]
    var values: [StateValue] = [.text(query.kind)]
    func require(_ term: String, _ value: StateValue) {
      values.append(value)
      terms.append("\(term) $\(values.count)")
    }
    if let owner = query.owner { require("owner =", StateValue(owner)) }
    if let subject = query.subject { require("subject =", .text(subject)) }
    if let since = query.since { require("created_at >=", StateValue(since)) }
    return (terms.joined(separator: " AND "), values)
  }

  private static func record(_ row: any StateRow) throws -> Record {
    Record(
      id: row.text(0), kind: row.text(1), owner: row.optionalText(2).flatMap { Owner(key: $0) },
      createdAt: row.date(4), updatedAt: row.date(5), subject: row.optionalText(3), content: try row.json(6))
  }
}
