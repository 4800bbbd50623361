import FoundationEssentials
import Models

/// How long records are kept of what was asked, what models took and what pages reported, and how much of the last.
///
/// Conversations, what is said of their answers, accounts and tasks are never removed by it.
public struct RecordRetention: Sendable, Equatable {
  /// Seconds after which records are removed; nil for never.
  public var age: TimeInterval?
  /// Bytes that the reports of one kind may take, each counted as its content and `overhead`: anybody may send them, so
  /// the oldest are removed whatever their age.
  public var reportBytes: Int
  /// Records that are removed in one step: others wait for no more than that.
  public var batch = 200
  /// How long others have the database to themselves between two steps.
  public var pause: Duration = .milliseconds(50)
  /// How long one round goes on; what is left by then is removed by the next.
  public var roundLimit: Duration = .seconds(60)

  /// Bytes that a record takes besides its content: its identifiers, times and places in indexes.
  public static let overhead = 512

  /// What pages report.
  static let reports = [Record.Kind.clientError, Record.Kind.analytics]
  /// What is removed once it is older than `age`.
  static let ageing = [Record.Kind.question, Record.Kind.usage] + reports
  /// Secrets of ChatKit's sessions are good for a day at most.
  static let sessionAge: TimeInterval = 2 * 86_400

  public init(age: TimeInterval?, reportBytes: Int = 64 << 20) {
    self.age = age
    self.reportBytes = reportBytes
  }

  /// What one round did.
  public struct Round: Sendable, Equatable {
    public var removed: Int
    /// False if there was no time for all.
    public var isDone: Bool
  }

  /// Removes what is over, in small steps; nil if another server of this state is at it.
  ///
  /// - Parameter holder: names this server.
  /// - Throws: `StateError`; `CancellationError`.
  public func apply(
    to records: any RecordStore, at now: Date = Date(), holder: String
  ) async throws -> Round? {
    guard try await claim(records, holder, at: now) else { return nil }
    let end = ContinuousClock.now + roundLimit
    var round = Round(removed: 0, isDone: true)
    do {
      for (kind, time) in try await bounds(records, now) {
        while round.isDone {
          try Task.checkCancellation()
          let removed = try await records.remove(kind: kind, before: time, limit: batch)
          round.removed += removed
          guard removed >= batch else { break }
          round.isDone = ContinuousClock.now < end
          try await Task.sleep(for: pause)
        }
      }
    } catch {
      // In a task of its own: this one may have been cancelled. A lease that cannot be given back ends by itself.
      await Task { try? await release(records, holder) }.value
      throw error
    }
    try await release(records, holder)
    return round
  }

  /// Kinds and the times before which their records are removed.
  private func bounds(_ records: any RecordStore, _ now: Date) async throws -> [(String, Date)] {
    var bounds = [(Record.Kind.chatKitSession, now - Self.sessionAge)]
    if let age { bounds += Self.ageing.map { ($0, now - age) } }
    for kind in Self.reports {
      guard let start = try await records.start(ofLatest: reportBytes, kind: kind) else { continue }
      bounds.append((kind, start))
    }
    return bounds
  }

  /// The record by which servers agree on who is at it.
  private static let lease = "record_retention"

  /// False while another server is at it. One that was killed is waited for no longer than two rounds take.
  private func claim(_ records: any RecordStore, _ holder: String, at now: Date) async throws -> Bool {
    let free: JSONValue = ["holder": "", "until": 0]
    try await records.add(Record(id: Self.lease, kind: Self.lease, createdAt: now, content: free))
    let end = now.timeIntervalSince1970 + 2 * (roundLimit / .seconds(1))
    return try await records.update(record: Self.lease) { record in
      let isFree = (record.content["until"]?.double ?? 0) < now.timeIntervalSince1970
      guard isFree || record.content["holder"]?.string == holder else { return false }
      record.content = ["holder": .string(holder), "until": .number(end)]
      record.updatedAt = now
      return true
    } != nil
  }

  private func release(_ records: any RecordStore, _ holder: String) async throws {
    try await records.update(record: Self.lease) { record in
      guard record.content["holder"]?.string == holder else { return false }
      record.content = ["holder": "", "until": 0]
      return true
    }
  }
}
