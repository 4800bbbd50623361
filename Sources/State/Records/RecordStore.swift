import FoundationEssentials
import Models

/// Which records are meant; nil for any.
public struct RecordQuery: Sendable, Equatable {
  public var kind: String
  public var owner: Owner?
  public var subject: String?
  public var since: Date?
  /// At most so many.
  public var limit: Int
  /// Latest first; otherwise oldest first.
  public var newestFirst: Bool

  public init(
    kind: String, owner: Owner? = nil, subject: String? = nil, since: Date? = nil, limit: Int = 1000,
    newestFirst: Bool = true
  ) {
    self.kind = kind
    self.owner = owner
    self.subject = subject
    self.since = since
    self.limit = limit
    self.newestFirst = newestFirst
  }
}

/// Records by kind, owner, subject and time.
public protocol RecordStore: Sendable {
  /// Adds a record; one whose id is stored already is left as it is.
  func add(_ record: Record) async throws
  func record(_ id: String) async throws -> Record?
  func records(_ query: RecordQuery) async throws -> [Record]
  func count(_ query: RecordQuery) async throws -> Int

  /// Changes one record in a single step: `change` is given what is stored, may run again if another server came first,
  /// and returns false to leave the record as it is. Nil if there is no record of this id or nothing was changed.
  @discardableResult
  func update(
    record id: String, _ change: @escaping @Sendable (inout Record) -> Bool
  ) async throws -> Record?

  /// False if there was none.
  @discardableResult
  func remove(record id: String) async throws -> Bool

  /// Removes the oldest of a kind's records that were made before `time`, at most `limit` of them in one step, and
  /// returns how many.
  func remove(kind: String, before time: Date, limit: Int) async throws -> Int

  /// Removes the records of these kinds that are about one of `subjects`, and returns how many.
  @discardableResult
  func remove(kinds: [String], about subjects: [String]) async throws -> Int

  /// When the oldest of a kind's latest records was made that take no more than `bytes` together, each counted as its
  /// content and `RecordRetention.overhead`; nil where all of them take no more.
  func start(ofLatest bytes: Int, kind: String) async throws -> Date?
}
