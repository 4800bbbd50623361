import FoundationEssentials
import Models
import Testing

@testable import State

@Suite struct RecordRetentionTests {
  private let day = 86_400.0

  /// How many records of a kind there are.
  private func count(_ kind: String, _ state: State) async throws -> Int {
    try await state.records.count(RecordQuery(kind: kind))
  }

  private func ids(_ kind: String, _ state: State) async throws -> [String] {
    try await state.records.records(RecordQuery(kind: kind, newestFirst: false)).map(\.id)
  }

  @Test(arguments: StateKind.allCases)
  func `what is older than its age goes, and nothing of what must stay`(kind: StateKind) async throws {
    try await withState(kind) { state in
      let kinds = [Record.Kind.question, Record.Kind.usage, Record.Kind.analytics, Record.Kind.clientError]
      let kept = [Record.Kind.feedback, Record.Kind.task, Record.Kind.upload, "signing_key", "token_secret"]
      for name in kinds + kept {
        for age in [91, 89] {
          try await state.records.add(sampleRecord("\(name) \(age)", name, at: Double(-age) * day))
        }
      }
      try await state.conversations.append(
        [sampleMessage("m", at: -400 * day)],
        to: state.conversations.open(sampleConversation("c", at: -400 * day)).id)
      try await state.accounts.add(sampleAccount("a", "ann@example.org"))
      let retention = RecordRetention(age: 90 * day)
      let round = try await retention.apply(to: state.records, at: moment(0), holder: "a")
      #expect(round == RecordRetention.Round(removed: kinds.count, isDone: true))
      for name in kinds { #expect(try await ids(name, state) == ["\(name) 89"]) }
      for name in kept { #expect(try await ids(name, state) == ["\(name) 91", "\(name) 89"]) }
      #expect(try await state.conversations.messages(of: "c", last: nil).map(\.id) == ["m"])
      #expect(try await state.accounts.account(id: "a") != nil)
      let again = try await retention.apply(to: state.records, at: moment(0), holder: "a")
      #expect(again == RecordRetention.Round(removed: 0, isDone: true))
    }
  }

  @Test(arguments: StateKind.allCases)
  func `without an age only secrets that are over go`(kind: StateKind) async throws {
    try await withState(kind) { state in
      try await state.records.add(sampleRecord("q", Record.Kind.question, at: -9000 * day))
      try await state.records.add(sampleRecord("old", Record.Kind.chatKitSession, at: -3 * day))
      try await state.records.add(sampleRecord("new", Record.Kind.chatKitSession, at: -1 * day))
      let round = try await RecordRetention(age: nil).apply(to: state.records, at: moment(0), holder: "a")
      #expect(round?.removed == 1)
      #expect(try await ids(Record.Kind.chatKitSession, state) == ["new"])
      #expect(try await count(Record.Kind.question, state) == 1)
    }
  }

  @Test(arguments: StateKind.allCases)
  func `reports take no more than their bytes, whatever their age`(kind: StateKind) async throws {
    try await withState(kind) { state in
      // Of four bytes each in UTF-8: bytes count, and not characters.
      let text = String(repeating: "🦾", count: 250)
      let content: JSONValue = ["m": .string(text)]
      for number in 0..<10 {
        for name in [Record.Kind.clientError, Record.Kind.analytics, Record.Kind.question] {
          try await state.records.add(
            sampleRecord("\(name) \(number)", name, at: Double(number), content: content))
        }
      }
      let size = content.text.utf8.count + RecordRetention.overhead
      var retention = RecordRetention(age: nil, reportBytes: 4 * size)
      let round = try await retention.apply(to: state.records, at: moment(100), holder: "a")
      #expect(round?.removed == 12)
      for name in [Record.Kind.clientError, Record.Kind.analytics] {
        #expect(try await ids(name, state) == (6..<10).map { "\(name) \($0)" })
      }
      #expect(try await count(Record.Kind.question, state) == 10)
      // The latest stays, were it alone too large.
      retention.reportBytes = 1
      _ = try await retention.apply(to: state.records, at: moment(100), holder: "a")
      #expect(try await ids(Record.Kind.clientError, state) == ["client_error 9"])
    }
  }

  @Test(arguments: StateKind.allCases)
  func `more than fits into one step goes in several, and more than one look is taken`(
    kind: StateKind
  ) async throws {
    try await withState(kind) { state in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<1203 {
          group.addTask {
            try await state.records.add(
              sampleRecord("\(number)", Record.Kind.clientError, at: Double(number), content: [:]))
          }
        }
        try await group.waitForAll()
      }
      // Of two bytes each: 1,100 are kept.
      var retention = RecordRetention(age: nil, reportBytes: 1100 * (2 + RecordRetention.overhead))
      retention.batch = 50
      retention.pause = .zero
      let round = try await retention.apply(to: state.records, at: moment(2000), holder: "a")
      #expect(round == RecordRetention.Round(removed: 103, isDone: true))
      #expect(try await ids(Record.Kind.clientError, state).first == "103")
      // A round that has no time does one step, and says that more is left.
      retention.reportBytes = 500 * (2 + RecordRetention.overhead)
      retention.roundLimit = .zero
      let short = try await retention.apply(to: state.records, at: moment(2000), holder: "a")
      #expect(short == RecordRetention.Round(removed: 50, isDone: false))
    }
  }

  @Test(arguments: StateKind.allCases)
  func `one server at a time is at it`(kind: StateKind) async throws {
    try await withStates(kind, 2) { states in
      for number in 0..<100 {
        try await states[0].records.add(
          sampleRecord("\(number)", Record.Kind.question, at: -91 * day + Double(number)))
      }
      var retention = RecordRetention(age: 90 * day)
      retention.batch = 10
      let slow = retention
      // One that is cut off in the middle, as by a server that stops.
      let first = Task {
        try await slow.apply(to: PausingRecords(base: states[0].records), at: moment(0), holder: "a")
      }
      while try await count(Record.Kind.question, states[1]) == 100 { await Task.yield() }
      #expect(try await retention.apply(to: states[1].records, at: moment(0), holder: "b") == nil)
      first.cancel()
      await #expect(throws: CancellationError.self) { try await first.value }
      let second = try await retention.apply(to: states[1].records, at: moment(0), holder: "b")
      #expect(try #require(second).isDone)
      #expect(try await count(Record.Kind.question, states[0]) == 0)
    }
  }

  @Test(arguments: StateKind.allCases)
  func `a server that was killed at it is not waited for long`(kind: StateKind) async throws {
    try await withState(kind) { state in
      var broken = RecordRetention(age: 90 * day)
      broken.roundLimit = .seconds(60)
      // As a killed one leaves it: claimed and never released.
      try await state.records.add(
        sampleRecord(
          "record_retention", "record_retention",
          content: ["holder": "dead", "until": .number(moment(120).timeIntervalSince1970)]))
      #expect(try await broken.apply(to: state.records, at: moment(119), holder: "b") == nil)
      #expect(try await broken.apply(to: state.records, at: moment(121), holder: "b") != nil)
    }
  }

  @Test(arguments: StateKind.allCases)
  func `a conversation goes with what records hold of it`(kind: StateKind) async throws {
    try await withState(kind) { state in
      for id in ["c", "d"] {
        _ = try await state.conversations.open(sampleConversation(id))
        try await state.conversations.append(
          [sampleMessage("\(id)q"), sampleMessage("\(id)a", .assistant, at: 2)], to: id)
        for name in [Record.Kind.question, Record.Kind.feedback, Record.Kind.usage] {
          try await state.records.add(sampleRecord("\(name) \(id)", name, subject: "\(id)a"))
        }
      }
      #expect(try await state.remove(conversation: "c"))
      #expect(try await state.conversations.conversation("c") == nil)
      #expect(try await ids(Record.Kind.question, state) == ["question d"])
      #expect(try await ids(Record.Kind.feedback, state) == ["feedback d"])
      #expect(try await count(Record.Kind.usage, state) == 2)
      #expect(try await state.remove(conversation: "c") == false)
      try await state.removeMessages(from: "da", of: "d")
      #expect(try await state.conversations.messages(of: "d", last: nil).map(\.id) == ["dq"])
      #expect(try await count(Record.Kind.question, state) == 0)
    }
  }
}

/// Removes no second batch until its task is cancelled.
private struct PausingRecords: RecordStore {
  let base: any RecordStore

  func add(_ record: Record) async throws { try await base.add(record) }
  func record(_ id: String) async throws -> Record? { try await base.record(id) }
  func records(_ query: RecordQuery) async throws -> [Record] { try await base.records(query) }
  func count(_ query: RecordQuery) async throws -> Int { try await base.count(query) }
  func update(
    record id: String, _ change: @escaping @Sendable (inout Record) -> Bool
  ) async throws -> Record? {
    try await base.update(record: id, change)
  }
  func remove(record id: String) async throws -> Bool { try await base.remove(record: id) }
  func remove(kinds: [String], about subjects: [String]) async throws -> Int {
    try await base.remove(kinds: kinds, about: subjects)
  }
  func start(ofLatest bytes: Int, kind: String) async throws -> Date? {
    try await base.start(ofLatest: bytes, kind: kind)
  }
  func remove(kind: String, before time: Date, limit: Int) async throws -> Int {
    let removed = try await base.remove(kind: kind, before: time, limit: limit)
    guard kind == Record.Kind.question else { return removed }
    try await Task.sleep(for: .seconds(3600))
    return removed
  }
}
