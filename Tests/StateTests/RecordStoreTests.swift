import FoundationEssentials
import Models
import State
import Testing

@Suite struct RecordStoreTests {
  @Test(arguments: StateKind.allCases)
  func `a record comes back whole, and adding it again changes nothing`(kind: StateKind) async throws {
    try await withState(kind) { state in
      let record = Record(
        id: "r", kind: Record.Kind.feedback, owner: .session("s"), createdAt: moment(0.001),
        updatedAt: moment(2), subject: "m1", content: ["rating": -1, "comment": "„no“", "cost": 0.25])
      try await state.records.add(record)
      try await state.records.add(sampleRecord("r", "other"))
      #expect(try await state.records.record("r") == record)
      #expect(try await state.records.record("none") == nil)
    }
  }

  @Test(arguments: StateKind.allCases)
  func `a query chooses by kind, owner, subject and time`(kind: StateKind) async throws {
    try await withState(kind) { state in
      let store = state.records
      try await store.add(sampleRecord("a", owner: .user("ann"), at: 0, subject: "s"))
      try await store.add(sampleRecord("b", owner: .named("ann"), at: 1, subject: "s"))
      try await store.add(sampleRecord("c", owner: .user("ann"), at: 2))
      try await store.add(sampleRecord("d", at: 3, subject: "t"))
      try await store.add(sampleRecord("x", "other", owner: .user("ann"), at: 4, subject: "s"))
      let queries: [(RecordQuery, [String])] = [
        (RecordQuery(kind: "event"), ["d", "c", "b", "a"]),
        (RecordQuery(kind: "event", newestFirst: false), ["a", "b", "c", "d"]),
        (RecordQuery(kind: "event", limit: 2), ["d", "c"]),
        (RecordQuery(kind: "event", owner: .user("ann")), ["c", "a"]),
        (RecordQuery(kind: "event", subject: "s"), ["b", "a"]),
        (RecordQuery(kind: "event", owner: .user("ann"), subject: "s"), ["a"]),
        (RecordQuery(kind: "event", since: moment(2)), ["d", "c"]),
        (RecordQuery(kind: "none"), []), (RecordQuery(kind: "event", limit: 0), []),
      ]
      for (query, expected) in queries {
        #expect(try await store.records(query).map(\.id) == expected)
        if query.limit > 2 { #expect(try await store.count(query) == expected.count) }
      }
    }
  }

  @Test(arguments: StateKind.allCases)
  func `records of one millisecond keep the order in which they were added`(kind: StateKind) async throws {
    try await withState(kind) { state in
      let ids = (0..<20).map { "\(($0 * 7) % 20)" }
      for id in ids { try await state.records.add(sampleRecord(id)) }
      #expect(
        try await state.records.records(RecordQuery(kind: "event", newestFirst: false)).map(\.id) == ids)
      #expect(try await state.records.records(RecordQuery(kind: "event")).map(\.id) == ids.reversed())
    }
  }

  @Test(arguments: StateKind.allCases)
  func `a record changes in one step, or not at all`(kind: StateKind) async throws {
    try await withState(kind) { state in
      try await state.records.add(sampleRecord("r"))
      let changed = try await state.records.update(record: "r") { record in
        record.content = ["n": 2]
        record.owner = .user("ann")
        record.updatedAt = moment(9)
        return true
      }
      #expect(changed?.content == ["n": 2])
      #expect(try await state.records.record("r") == changed)
      let refused = try await state.records.update(record: "r") { record in
        record.content = ["n": 3]
        return false
      }
      #expect(refused == nil)
      #expect(try await state.records.record("r") == changed)
      #expect(try await state.records.update(record: "none") { _ in true } == nil)
      #expect(try await state.records.remove(record: "r"))
      #expect(try await state.records.remove(record: "r") == false)
    }
  }

  @Test(arguments: StateKind.allCases)
  func `changes from everywhere at once are all there`(kind: StateKind) async throws {
    try await withStates(kind, 2) { states in
      try await states[0].records.add(sampleRecord("r", content: ["n": 0]))
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<50 {
          group.addTask {
            try await states[number % 2].records.update(record: "r") { record in
              record.content = ["n": .integer((record.content["n"]?.integer ?? 0) + 1)]
              return true
            }
          }
        }
        try await group.waitForAll()
      }
      #expect(try await states[1].records.record("r")?.content == ["n": 50])
    }
  }
}
