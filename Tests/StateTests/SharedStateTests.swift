import FoundationEssentials
import State
import Testing

@Suite struct SharedStateTests {
  @Test(arguments: StateKind.allCases)
  func `fifty writers through two servers lose nothing and keep each one's order`(
    kind: StateKind
  ) async throws {
    try await withStates(kind, 2) { states in
      for conversation in 0..<5 {
        _ = try await states[0].conversations.open(sampleConversation("c\(conversation)"))
      }
      try await withThrowingTaskGroup(of: Void.self) { group in
        for writer in 0..<50 {
          group.addTask {
            for number in 0..<4 {
              try await states[writer % 2].conversations.append(
                [sampleMessage("\(writer).\(number).q"), sampleMessage("\(writer).\(number).a", .assistant)],
                to: "c\(writer % 5)")
            }
          }
        }
        try await group.waitForAll()
      }
      for conversation in 0..<5 {
        let ids = try await states[0].conversations.messages(of: "c\(conversation)", last: nil).map(\.id)
        #expect(
          try await states[1].conversations.messages(of: "c\(conversation)", last: nil).map(\.id) == ids)
        #expect(try await states[1].conversations.conversation("c\(conversation)")?.messages == 80)
        #expect(ids.count == 80)
        for writer in stride(from: conversation, to: 50, by: 5) {
          let own = ids.filter { $0.hasPrefix("\(writer).") }
          #expect(own == (0..<4).flatMap { ["\(writer).\($0).q", "\(writer).\($0).a"] })
        }
        // A question and its answer were appended together, so nothing lies between them.
        for pair in stride(from: 0, to: ids.count, by: 2) {
          #expect(ids[pair].dropLast() == ids[pair + 1].dropLast())
        }
      }
    }
  }

  @Test(arguments: StateKind.allCases)
  func `one message that many send at once is stored once`(kind: StateKind) async throws {
    try await withStates(kind, 2) { states in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<20 {
          group.addTask {
            let store = states[number % 2].conversations
            let stored = try await store.open(sampleConversation("c", .user("u\(number)")))
            try await store.append([sampleMessage("m", .user)], to: stored.id)
          }
        }
        try await group.waitForAll()
      }
      #expect(try await states[0].conversations.messages(of: "c", last: nil).count == 1)
      #expect(try await states[1].conversations.conversation("c")?.messages == 1)
    }
  }

  @Test(arguments: StateKind.allCases)
  func `what one server writes another sees at once`(kind: StateKind) async throws {
    try await withStates(kind, 2) { states in
      for number in 0..<20 {
        let (writer, reader) = (states[number % 2], states[(number + 1) % 2])
        _ = try await writer.conversations.open(sampleConversation("c"))
        try await writer.conversations.append([sampleMessage("\(number)")], to: "c")
        #expect(try await reader.conversations.messages(of: "c", last: 1).map(\.id) == ["\(number)"])
      }
    }
  }

  @Test(arguments: StateKind.allCases)
  func `the check writes and reads, and a closed state says so`(kind: StateKind) async throws {
    try await withState(kind) { state in
      #expect(state.parts.map(\.name).contains("state_database"))
      for part in state.parts { try await part.check() }
      await state.close()
      for part in state.parts {
        let error = await #expect(throws: StateError.self) { try await part.check() }
        #expect(error?.code == .unavailable && error?.message.contains("closed") == true)
      }
      await #expect(throws: StateError.self) { try await state.conversations.conversation("c") }
      await #expect(throws: StateError.self) {
        _ = try await state.limits.use(
          "k", cost: 1, windows: [LimitWindow(limit: 1, duration: .seconds(1))], at: Date(), force: false)
      }
    }
  }
}
