import FoundationEssentials
import State

/// Records in memory.
actor MemoryRecords: RecordStore {
  private var stored: [Record] = []

  func add(_ record: Record) {
    if !stored.contains(where: { $0.id == record.id }) { stored.append(record) }
  }

  func record(_ id: String) -> Record? { stored.first { $0.id == id } }

  func records(_ query: RecordQuery) -> [Record] {
    let found = stored.filter { record in
      record.kind == query.kind && (query.owner == nil || record.owner == query.owner)
        && (query.subject == nil || record.subject == query.subject)
        && (query.since == nil || record.createdAt >= query.since ?? record.createdAt)
    }
    return Array((query.newestFirst ? found.reversed() : found).prefix(query.limit))
  }

  func count(_ query: RecordQuery) -> Int { records(query).count }

  func update(record id: String, _ change: @Sendable (inout Record) -> Bool) -> Record? {
    guard let index = stored.firstIndex(where: { $0.id == id }) else { return nil }
    var record = stored[index]
    guard change(&record) else { return nil }
    stored[index] = record
    return record
  }

  func remove(record id: String) -> Bool {
    guard let index = stored.firstIndex(where: { $0.id == id }) else { return false }
    stored.remove(at: index)
    return true
  }

  func remove(kind: String, before time: Date, limit: Int) -> Int {
    let old = stored.filter { $0.kind == kind && $0.createdAt < time }.prefix(limit).map(\.id)
    stored.removeAll { old.contains($0.id) }
    return old.count
  }

  func remove(kinds: [String], about subjects: [String]) -> Int {
    let before = stored.count
    stored.removeAll { kinds.contains($0.kind) && $0.subject.map(subjects.contains) == true }
    return before - stored.count
  }

  func start(ofLatest bytes: Int, kind: String) -> Date? {
    var total = 0
    let latest = stored.reversed().filter { $0.kind == kind }
    let kept = latest.prefix { record in
      total += record.content.text.utf8.count + RecordRetention.overhead
      return total <= bytes
    }
    return kept.count == latest.count ? nil : kept.last?.createdAt ?? latest.first?.createdAt
  }
}
