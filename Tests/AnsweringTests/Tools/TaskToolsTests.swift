import Models
import State
import Testing

@testable import Answering

@Suite struct TaskToolsTests {
  private let records = MemoryRecords()

  private func call(_ name: String, _ arguments: JSONValue, as owner: Owner? = .user("ann")) async
    -> JSONValue
  {
    let caller = ToolCaller(TaskTools.tools(records: records))
    let call = ToolCall(id: "c", name: name, arguments: arguments.text)
    return await caller.use(call, ToolContext(owner: owner)).result
  }

  @Test func aTaskGoesThroughItsLife() async throws {
    let added = await call(
      "add_task", ["title": "Buy milk", "description": "Two bottles", "due": "2026-12-24"])
    let id = try #require(added["task_id"]?.string)
    #expect(added["status"] == "created" && added["title"] == "Buy milk" && added["done"] == false)
    #expect(added["created_at"] == added["updated_at"])

    let updated = await call("update_task", ["task_id": .string(id), "title": "Buy oat milk", "due": ""])
    #expect(updated["title"] == "Buy oat milk" && updated["description"] == "Two bottles")
    #expect(updated["due"] == nil)

    #expect(await call("complete_task", ["task_id": .string(id)])["done"] == true)
    #expect(await call("list_tasks", ["status": "pending"]) == ["tasks": [], "count": 0])
    #expect(
      await call("list_tasks", ["status": "completed"])["tasks"]?.array?.first?["task_id"] == .string(id))
    #expect(await call("delete_task", ["task_id": .string(id)])["status"] == "deleted")
    #expect(await call("list_tasks", [:]) == ["tasks": [], "count": 0])
  }

  @Test func tasksOfOthersDoNotExist() async throws {
    let id = try #require(await call("add_task", ["title": "Secret"])["task_id"]?.string)
    for other in [Owner.user("bob"), .named("ann"), .session("ann")] {
      #expect(await call("list_tasks", [:], as: other)["count"] == 0)
      for tool in ["update_task", "complete_task", "delete_task"] {
        let result = await call(tool, ["task_id": .string(id)], as: other)
        #expect(
          result == ["error": .string("There is no task '\(id)'. list_tasks gives the tasks with their ids.")]
        )
      }
    }
    #expect(await call("list_tasks", [:])["tasks"]?.array?.first?["done"] == false)
  }

  @Test func aRecordOfAnotherKindIsNoTask() async throws {
    await records.add(
      Record(id: "f1", kind: "feedback", owner: .user("ann"), createdAt: .now, content: ["title": "x"]))
    #expect(await call("delete_task", ["task_id": "f1"]).text.contains("There is no task 'f1'"))
    #expect(await records.record("f1") != nil)
  }

  @Test func withoutAPersonThereAreNoTasks() async {
    #expect(
      await call("add_task", ["title": "x"], as: nil)
        == ["error": "Tasks are kept per person, and nobody is signed in."])
  }

  @Test(
    arguments: [
      (["title": ""], "title: is empty"), ([:], "title: is missing"),
      (["title": "x", "due": "tomorrow"], "due: expected a day such as 2026-12-24, found tomorrow"),
      (["title": "x", "due": "2026-13-40"], "due: expected a day such as 2026-12-24, found 2026-13-40"),
      (["title": "x", "owner": "bob"], "owner: is not known"),
    ] as [(JSONValue, String)])
  func wrongArgumentsAreSaid(arguments: JSONValue, problem: String) async {
    #expect(await call("add_task", arguments)["error"]?.string?.contains(problem) == true)
  }

  @Test(arguments: [
    "2026-12-24", "2026-12-24T18:00:00Z", "2026-12-24T18:00:00+01:00", "2026-12-24T18:00:00.5Z",
  ])
  func daysAndMomentsAreDue(due: String) async {
    #expect(await call("add_task", ["title": "x", "due": .string(due)])["due"] == .string(due))
  }

  @Test(arguments: [
    ("Add a task to buy milk", true), ("please create a new task: call Bob", true), ("Show my tasks", true),
    ("Could you add another to-do?", true), ("What are my open tasks?", true),
    ("Delete my second task", true),
    ("What is a task in Swift?", false), ("Add a task group to the scheduler's test", true),
    ("How are tasks scheduled?", false), ("List the tasks of a robot", false), ("", false),
    ("Which tasks can robots do?", false),
  ])
  func requestsForTasksAreRecognised(message: String, isRequest: Bool) {
    #expect(TaskRequest.matches(message) == isRequest)
  }
}
