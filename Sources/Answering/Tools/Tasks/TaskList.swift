import FoundationEssentials
import Models
import State

/// The tasks of one owner; what belongs to others does not exist here.
public struct TaskList: Sendable {
  private let records: any RecordStore
  private let owner: Owner
  private let now: @Sendable () -> Date

  /// Most tasks of one owner.
  static let capacity = 1000

  public init(records: any RecordStore, owner: Owner, now: @escaping @Sendable () -> Date = { Date() }) {
    self.records = records
    self.owner = owner
    self.now = now
  }

  /// - Throws: `ToolError` if the list is full.
  public func add(title: String, description: String? = nil, due: String? = nil) async throws -> TaskItem {
    let count = try await records.count(RecordQuery(kind: Record.Kind.task, owner: owner))
    guard count < Self.capacity else {
      throw ToolError("There are \(count) tasks already, which is the most; delete some first.")
    }
    let task = TaskItem(
      id: Self.newID(), title: title, description: description, due: due, createdAt: now())
    try await records.add(
      Record(
        id: task.id, kind: Record.Kind.task, owner: owner, createdAt: task.createdAt, content: task.content))
    return task
  }

  /// Oldest first.
  ///
  /// - Parameter done: only those done, or only those not done; nil for both.
  public func tasks(done: Bool? = nil) async throws -> [TaskItem] {
    let query = RecordQuery(
      kind: Record.Kind.task, owner: owner, limit: Self.capacity, newestFirst: false)
    return try await records.records(query).compactMap(TaskItem.init)
      .filter { done == nil || $0.isDone == done }
  }

  /// Changes one task in a single step.
  ///
  /// - Throws: `ToolError` if the owner has no such task.
  public func update(_ id: String, _ change: @escaping @Sendable (inout TaskItem) -> Void) async throws
    -> TaskItem
  {
    let (owner, time) = (owner, now())
    let changed = try await records.update(record: id) { record in
      guard record.owner == owner, var task = TaskItem(record) else { return false }
      change(&task)
      record.content = task.content
      record.updatedAt = time
      return true
    }
    guard let task = changed.flatMap(TaskItem.init) else { throw Self.unknown(id) }
    return task
  }

  /// Removes a task and returns what it was.
  ///
  /// - Throws: `ToolError` if the owner has no such task.
  public func remove(_ id: String) async throws -> TaskItem {
    guard let record = try await records.record(id), record.owner == owner, let task = TaskItem(record),
      try await records.remove(record: id)
    else { throw Self.unknown(id) }
    return task
  }

  private static func unknown(_ id: String) -> ToolError {
    ToolError("There is no task '\(id.shortened)'. list_tasks gives the tasks with their ids.")
  }

  /// Short, because models copy it, and with 60 random bits, because it is unique among all records.
  private static func newID() -> String {
    let digits = Array("0123456789abcdefghjkmnpqrstvwxyz")
    return "t" + String((0..<12).map { _ in digits[Int.random(in: 0..<32)] })
  }
}
