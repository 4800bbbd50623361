import FoundationEssentials
import Models
import State
import Synchronization
import Testing

@Suite struct ConversationStoreTests {
  @Test(arguments: StateKind.allCases)
  func `opening twice keeps the first, whose owner tells whose it is`(kind: StateKind) async throws {
    try await withState(kind) { state in
      let store = state.conversations
      let first = Conversation(
        id: "c", owner: .user("ann"), title: "Knees", createdAt: moment(0),
        metadata: ["page": "/docs", "depth": [1, 2.5, true, nil]])
      let opened = try await store.open(first)
      #expect(opened == first)
      let again = try await store.open(sampleConversation("c", .named("ann"), at: 9))
      #expect(again == first)
      #expect(try await store.conversation("c") == first)
      #expect(try await store.conversation("other") == nil)
    }
  }

  @Test(arguments: StateKind.allCases)
  func `messages come back whole and in order`(kind: StateKind) async throws {
    try await withState(kind) { state in
      let store = state.conversations
      _ = try await store.open(sampleConversation("c"))
      let messages = [
        sampleMessage("1", at: 5),
        sampleMessage(
          "2", .assistant, at: 4, detail: ["citations": [["n": 1, "quote": "\"Ünïcode\" \n 🦿"]]]),
        StoredMessage(id: "3", role: .user, text: "", createdAt: moment(6.789)),
      ]
      try await store.append(Array(messages[..<2]), to: "c")
      try await store.append([messages[2]], to: "c")
      #expect(try await store.messages(of: "c", last: nil) == messages)
      #expect(try await store.messages(of: "c", last: 2) == Array(messages[1...]))
      #expect(try await store.messages(of: "c", last: 0) == [])
      #expect(try await store.messages(of: "c", last: -1) == [])
      #expect(try await store.messages(of: "none", last: 9) == [])
      let found = try #require(try await store.message("2"))
      #expect(found.message == messages[1] && found.conversation == "c")
      #expect(try await store.message("none") == nil)
      let conversation = try #require(try await store.conversation("c"))
      #expect(conversation.messages == 3 && conversation.updatedAt == moment(6.789))
    }
  }

  @Test(arguments: StateKind.allCases)
  func `appending again changes nothing`(kind: StateKind) async throws {
    try await withState(kind) { state in
      let store = state.conversations
      _ = try await store.open(sampleConversation("c"))
      try await store.append([sampleMessage("1"), sampleMessage("2")], to: "c")
      var changed = sampleMessage("1", at: 99)
      changed.text = "Another text."
      try await store.append([changed, sampleMessage("3"), sampleMessage("2")], to: "c")
      #expect(try await store.messages(of: "c", last: nil).map(\.id) == ["1", "2", "3"])
      #expect(try await store.message("1")?.message == sampleMessage("1"))
      #expect(try await store.conversation("c")?.messages == 3)
      #expect(try await store.conversation("c")?.updatedAt == moment(1))
      try await store.append([], to: "c")
      #expect(try await store.conversation("c")?.messages == 3)
    }
  }

  @Test(arguments: StateKind.allCases)
  func `what has been removed takes no messages`(kind: StateKind) async throws {
    try await withState(kind) { state in
      let store = state.conversations
      _ = try await store.open(sampleConversation("c"))
      try await store.append([sampleMessage("1")], to: "c")
      #expect(try await store.remove("c"))
      #expect(try await store.remove("c") == false)
      let error = await #expect(throws: StateError.self) {
        try await store.append([sampleMessage("2")], to: "c")
      }
      #expect(error?.code == .noConversation && error?.message.contains("'c'") == true)
      #expect(try await store.message("1") == nil)
      #expect(try await store.message("2") == nil)
      #expect(try await store.conversations(of: .named("anonymous"), after: nil, limit: 9) == [])
      // The id may be used again.
      _ = try await store.open(sampleConversation("c", at: 5))
      #expect(try await store.messages(of: "c", last: nil) == [])
    }
  }

  @Test(arguments: StateKind.allCases)
  func `an owner's conversations come latest first, page by page`(kind: StateKind) async throws {
    try await withState(kind) { state in
      let store = state.conversations
      for number in 0..<5 {
        _ = try await store.open(sampleConversation("c\(number)", .user("ann"), at: Double(number)))
      }
      for owner in [Owner.named("ann"), .session("ann"), .user("bob")] {
        _ = try await store.open(sampleConversation("of \(owner.key)", owner))
      }
      try await store.append([sampleMessage("m", at: 100)], to: "c1")
      let all = try await store.conversations(of: .user("ann"), after: nil, limit: 100)
      #expect(all.map(\.id) == ["c1", "c4", "c3", "c2", "c0"])
      let page = try await store.conversations(of: .user("ann"), after: "c4", limit: 2)
      #expect(page.map(\.id) == ["c3", "c2"])
      #expect(try await store.conversations(of: .user("ann"), after: "c0", limit: 2) == [])
      #expect(try await store.conversations(of: .user("ann"), after: "of user:bob", limit: 2) == [])
      #expect(try await store.conversations(of: .named("ann"), after: nil, limit: 9).count == 1)
      let oldest = try await store.conversations(
        of: .user("ann"), after: "c0", limit: 2, newestFirst: false)
      #expect(oldest.map(\.id) == ["c2", "c3"])
      let first = try await store.conversations(of: .user("ann"), after: nil, limit: 1, newestFirst: false)
      #expect(first.map(\.id) == ["c0"])
    }
  }

  @Test(arguments: StateKind.allCases)
  func `messages are paged in both directions`(kind: StateKind) async throws {
    try await withState(kind) { state in
      let store = state.conversations
      for id in ["c", "d"] {
        _ = try await store.open(sampleConversation(id))
        try await store.append((1...5).map { sampleMessage("\(id)\($0)") }, to: id)
      }
      try await store.removeMessages(from: "c5", of: "c")
      try await store.append([sampleMessage("c6", detail: ["page": 1])], to: "c")
      func page(_ after: String?, _ limit: Int, newestFirst: Bool = false) async throws -> [String] {
        try await store.messages(of: "c", after: after, limit: limit, newestFirst: newestFirst).map(\.id)
      }
      #expect(try await page(nil, 2) == ["c1", "c2"])
      #expect(try await page("c2", 2) == ["c3", "c4"])
      #expect(try await page("c4", 2) == ["c6"])
      #expect(try await page("c6", 2) == [])
      #expect(try await page(nil, 2, newestFirst: true) == ["c6", "c4"])
      #expect(try await page("c4", 9, newestFirst: true) == ["c3", "c2", "c1"])
      #expect(try await page("d1", 9) == [], "a message of another conversation")
      #expect(try await page("c5", 9) == [], "one that is gone")
      #expect(try await page(nil, 0) == [])
      #expect(
        try await store.messages(of: "c", after: "c4", limit: 1, newestFirst: false).first?.detail == [
          "page": 1
        ])
    }
  }

  @Test(arguments: StateKind.allCases)
  func `conversations of one millisecond are paged without gaps`(kind: StateKind) async throws {
    try await withState(kind) { state in
      let store = state.conversations
      for number in 0..<7 { _ = try await store.open(sampleConversation("c\(number)")) }
      var seen: [String] = []
      while true {
        let page = try await store.conversations(of: .named("anonymous"), after: seen.last, limit: 2)
        if page.isEmpty { break }
        seen += page.map(\.id)
      }
      #expect(seen.count == 7 && Set(seen).count == 7)
    }
  }

  @Test(arguments: StateKind.allCases)
  func `title and metadata change one by one`(kind: StateKind) async throws {
    try await withState(kind) { state in
      let store = state.conversations
      _ = try await store.open(sampleConversation("c"))
      try await store.update("c", title: "Knees", metadata: nil)
      try await store.update("c", title: nil, metadata: ["a": 1])
      #expect(try await store.conversation("c")?.title == "Knees")
      #expect(try await store.conversation("c")?.metadata == ["a": 1])
      try await store.update("none", title: "x", metadata: nil)
      #expect(try await store.conversation("none") == nil)
    }
  }

  @Test(arguments: StateKind.allCases)
  func `an answer is taken back with what follows it`(kind: StateKind) async throws {
    try await withState(kind) { state in
      let store = state.conversations
      for id in ["c", "d"] {
        _ = try await store.open(sampleConversation(id))
        try await store.append((1...4).map { sampleMessage("\(id)\($0)") }, to: id)
      }
      try await store.removeMessages(from: "c3", of: "c")
      #expect(try await store.messages(of: "c", last: nil).map(\.id) == ["c1", "c2"])
      #expect(try await store.conversation("c")?.messages == 2)
      // Not a message of that conversation.
      try await store.removeMessages(from: "d1", of: "c")
      #expect(try await store.messages(of: "c", last: nil).count == 2)
      #expect(try await store.messages(of: "d", last: nil).count == 4)
      try await store.append([sampleMessage("c5")], to: "c")
      #expect(try await store.messages(of: "c", last: nil).map(\.id) == ["c1", "c2", "c5"])
    }
  }

  @Test(arguments: StateKind.allCases)
  func `every message is visited, each conversation's together and in order`(kind: StateKind) async throws {
    try await withState(kind) { state in
      let store = state.conversations
      for number in 0..<3 {
        _ = try await store.open(sampleConversation("c\(number)", .user("u\(number)")))
      }
      // More than one page, written in turns.
      for round in 0..<50 {
        for number in 0..<3 {
          try await store.append(
            [
              sampleMessage("\(number)/\(round)/q", at: Double(round)),
              sampleMessage("\(number)/\(round)/a", .assistant, at: Double(round)),
            ], to: "c\(number)")
        }
      }
      #expect(try await visited(store, since: nil).count == 300)
      let late = try await visited(store, since: moment(40))
      #expect(late.count == 60)
      var expected: [String] = []
      var owners: [String] = []
      for (conversation, _) in late where owners.last != conversation { owners.append(conversation) }
      #expect(Set(owners).count == owners.count, "a conversation came twice")
      for owner in owners {
        let number = owner.dropFirst(1)
        for round in 40..<50 { expected += ["\(number)/\(round)/q", "\(number)/\(round)/a"] }
      }
      #expect(late.map(\.id) == expected)
    }
  }

  private func visited(
    _ store: any ConversationStore, since: Date?
  ) async throws -> [(conversation: String, id: String)] {
    let visited = Mutex<[(conversation: String, id: String)]>([])
    try await store.forEachMessage(since: since) { conversation, message in
      visited.withLock { $0.append((conversation.id, message.id)) }
    }
    return visited.withLock { $0 }
  }

  @Test(arguments: StateKind.allCases)
  func `any text is kept, and none is a command`(kind: StateKind) async throws {
    try await withState(kind) { state in
      let store = state.conversations
      let texts = [
        "'; DROP TABLE messages; --", "$1 ?1 %s \\x00 \\", "line\r\n\ttab", "👩‍👩‍👧‍👦 e\u{301} \u{202E}",
        String(repeating: "long ", count: 40_000),
      ]
      for (number, text) in texts.enumerated() {
        let id = text.count > 1000 ? "long" : text
        _ = try await store.open(sampleConversation(id, .named(id)))
        try await store.append(
          [
            StoredMessage(
              id: "m\(number)", role: .user, text: text, createdAt: moment(0), detail: ["t": .string(text)])
          ],
          to: id)
        let stored = try await store.messages(of: id, last: nil)
        #expect(stored.map(\.text) == [text])
        #expect(stored.first?.detail == ["t": .string(text)])
        #expect(try await store.conversation(id)?.owner == .named(id))
      }
      // A database may have no room for U+0000.
      _ = try await store.open(sampleConversation("nul"))
      try await store.append(
        [StoredMessage(id: "nul", role: .user, text: "a\0b", createdAt: moment(0), detail: ["t": "a\0b"])],
        to: "nul")
      let stored = try #require(try await store.message("nul")?.message)
      #expect(["a\0b", "a\u{FFFD}b"].contains(stored.text))
      #expect(stored.detail == ["t": "a\0b"])
    }
  }
}
