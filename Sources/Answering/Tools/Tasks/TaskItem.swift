import FoundationEssentials
import Models
import State

/// Something that a person has to do.
public struct TaskItem: Sendable, Equatable {
  public var id: String
  public var title: String
  public var description: String?
  public var isDone: Bool
  /// A day such as `2026-12-24`, or a moment as RFC 3339 writes it.
  public var due: String?
  public var createdAt: Date
  public var updatedAt: Date

  public init(
    id: String, title: String, description: String? = nil, isDone: Bool = false, due: String? = nil,
    createdAt: Date, updatedAt: Date? = nil
  ) {
    self.id = id
    self.title = title
    self.description = description
    self.isDone = isDone
    self.due = due
    self.createdAt = createdAt
    self.updatedAt = updatedAt ?? createdAt
  }

  /// Nil for a record of something else.
  init?(_ record: Record) {
    guard record.kind == Record.Kind.task, let title = record.content["title"]?.string else { return nil }
    self.init(
      id: record.id, title: title, description: record.content["description"]?.string,
      isDone: record.content["done"] == .bool(true), due: record.content["due"]?.string,
      createdAt: record.createdAt, updatedAt: record.updatedAt)
  }

  /// What is stored besides identity, owner and times.
  var content: JSONValue {
    var members: [String: JSONValue] = ["title": .string(title), "done": .bool(isDone)]
    if let description { members["description"] = .string(description) }
    if let due { members["due"] = .string(due) }
    return .object(members)
  }

  /// The task as tools show it.
  var json: [String: JSONValue] {
    var members: [String: JSONValue] = [
      "task_id": .string(id), "title": .string(title), "done": .bool(isDone),
      "created_at": .string(createdAt.formatted(.iso8601)),
      "updated_at": .string(updatedAt.formatted(.iso8601)),
    ]
    if let description { members["description"] = .string(description) }
    if let due { members["due"] = .string(due) }
    return members
  }

  /// Whether `text` says a day or a moment.
  static func isDate(_ text: String) -> Bool {
    if (try? Date(text, strategy: .iso8601)) != nil { return true }
    if (try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true))) != nil {
      return true
    }
    guard text.utf8.count == 10 else { return false }
    return (try? Date(text, strategy: Date.ISO8601FormatStyle().year().month().day())) != nil
  }
}
