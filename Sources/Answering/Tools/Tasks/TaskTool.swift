import Models
import State

/// A tool that works on the tasks of whoever the context says.
struct TaskTool: Tool {
  let definition: ChatTool
  let traits: ToolTraits
  let records: any RecordStore
  let work: @Sendable (JSONValue, TaskList) async throws -> JSONValue

  func call(_ arguments: JSONValue, _ context: ToolContext) async throws -> JSONValue {
    guard let owner = context.owner else {
      throw ToolError("Tasks are kept per person, and nobody is signed in.")
    }
    if let due = arguments["due"]?.string, !due.isEmpty, !TaskItem.isDate(due) {
      throw ToolError("Invalid arguments: due: expected a day such as 2026-12-24, found \(due.shortened).")
    }
    return try await work(arguments, TaskList(records: records, owner: owner))
  }
}
