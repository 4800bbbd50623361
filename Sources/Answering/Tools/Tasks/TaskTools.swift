import Models
import State

/// `add_task`, `list_tasks`, `update_task`, `complete_task` and `delete_task`, over one store of records.
public enum TaskTools {
  /// All five.
  public static func tools(records: any RecordStore) -> [any Tool] {
    [add(records), list(records), update(records), complete(records), delete(records)]
  }

  private static let title: JSONValue = [
    "type": "string", "minLength": 1, "maxLength": 200, "description": "What is to be done, in a few words.",
  ]
  private static let details: JSONValue = [
    "type": "string", "maxLength": 4000, "description": "More about it.",
  ]
  private static let due: JSONValue = [
    "type": "string", "maxLength": 40, "description": "Day such as 2026-12-24, or moment with time zone.",
  ]
  private static let id: JSONValue = [
    "type": "string", "minLength": 1, "maxLength": 100, "description": "task_id as list_tasks gives it.",
  ]

  /// What one task looks like in results.
  private static let taskSchema: [String: JSONValue] = [
    "task_id": ["type": "string"], "title": ["type": "string"], "description": ["type": "string"],
    "done": ["type": "boolean"], "due": ["type": "string"], "created_at": ["type": "string"],
    "updated_at": ["type": "string"],
  ]

  private static func changed(_ task: TaskItem, _ status: String) -> JSONValue {
    .object(task.json.merging(["status": .string(status)]) { $1 })
  }

  private static var changedSchema: JSONValue {
    [
      "type": "object",
      "properties": .object(taskSchema.merging(["status": ["type": "string"]]) { $1 }),
      "required": ["task_id", "title", "done", "status"],
    ]
  }

  private static func tool(
    _ name: String, _ description: String, _ properties: [String: JSONValue], required: [JSONValue] = [],
    _ traits: ToolTraits, _ records: any RecordStore,
    _ work: @escaping @Sendable (JSONValue, TaskList) async throws -> JSONValue
  ) -> any Tool {
    TaskTool(
      definition: ChatTool(
        name: name, description: description,
        parameters: [
          "type": "object", "properties": .object(properties), "required": .array(required),
          "additionalProperties": false,
        ]), traits: traits, records: records, work: work)
  }

  private static func add(_ records: any RecordStore) -> any Tool {
    tool(
      "add_task", "Adds a task to the user's list.",
      ["title": title, "description": details, "due": due], required: ["title"],
      ToolTraits(title: "Add a task", result: changedSchema), records
    ) { arguments, list in
      let task = try await list.add(
        title: arguments["title"]?.string ?? "", description: arguments.text("description"),
        due: arguments.text("due"))
      return changed(task, "created")
    }
  }

  private static func list(_ records: any RecordStore) -> any Tool {
    tool(
      "list_tasks", "Lists the user's tasks with their ids, oldest first.",
      [
        "status": [
          "type": "string", "enum": ["all", "pending", "completed"], "description": "all if left out.",
        ]
      ],
      ToolTraits(
        title: "List the tasks", isReadOnly: true, isIdempotent: true,
        result: [
          "type": "object",
          "properties": [
            "tasks": ["type": "array", "items": ["type": "object", "properties": .object(taskSchema)]],
            "count": ["type": "integer"],
          ], "required": ["tasks", "count"],
        ]), records
    ) { arguments, list in
      let done: Bool? =
        switch arguments["status"]?.string {
        case "pending": false
        case "completed": true
        default: nil
        }
      let tasks = try await list.tasks(done: done)
      return ["tasks": .array(tasks.map { .object($0.json) }), "count": .integer(tasks.count)]
    }
  }

  private static func update(_ records: any RecordStore) -> any Tool {
    tool(
      "update_task",
      "Changes a task; members left out stay as they are, and an empty description or due date removes it.",
      [
        "task_id": id, "title": title, "description": details, "due": due,
        "done": ["type": "boolean", "description": "Whether it is done."],
      ], required: ["task_id"],
      ToolTraits(title: "Change a task", isDestructive: true, isIdempotent: true, result: changedSchema),
      records
    ) { arguments, list in
      let task = try await list.update(arguments["task_id"]?.string ?? "") { task in
        if let title = arguments["title"]?.string { task.title = title }
        if arguments["description"] != nil { task.description = arguments.text("description") }
        if arguments["due"] != nil { task.due = arguments.text("due") }
        if case .bool(let done)? = arguments["done"] { task.isDone = done }
      }
      return changed(task, "updated")
    }
  }

  private static func complete(_ records: any RecordStore) -> any Tool {
    tool(
      "complete_task", "Marks a task as done.", ["task_id": id], required: ["task_id"],
      ToolTraits(title: "Complete a task", isIdempotent: true, result: changedSchema), records
    ) { arguments, list in
      changed(try await list.update(arguments["task_id"]?.string ?? "") { $0.isDone = true }, "completed")
    }
  }

  private static func delete(_ records: any RecordStore) -> any Tool {
    tool(
      "delete_task", "Deletes a task for good.", ["task_id": id], required: ["task_id"],
      ToolTraits(title: "Delete a task", isDestructive: true, result: changedSchema), records
    ) { arguments, list in
      changed(try await list.remove(arguments["task_id"]?.string ?? ""), "deleted")
    }
  }
}

extension JSONValue {
  /// A member's text; nil for none and for an empty one.
  fileprivate func text(_ key: String) -> String? {
    self[key]?.string.flatMap { $0.isEmpty ? nil : $0 }
  }
}
