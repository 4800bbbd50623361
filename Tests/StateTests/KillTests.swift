import FoundationEssentials
import Glibc
import State
import TestSupport
import Testing

@Suite struct KillTests {
  @Test(arguments: StateKind.allCases)
  func `killed under load, every acknowledged message is there`(kind: StateKind) async throws {
    try await withPlace(kind) { place in
      var acknowledged: [String] = []
      for _ in 0..<2 {
        let child = try ChildProcess("StateFixture", place.arguments + ["8"])
        var lines = child.output.makeAsyncIterator()
        var count = 0
        while let line = try await lines.next() {
          acknowledged.append(line)
          count += 1
          if count == 300 { child.signal(SIGKILL) }
        }
        #expect(count >= 300)
        #expect(await child.exitCode() == -SIGKILL)
        let state = try await place.open()
        for id in acknowledged {
          #expect(try await state.conversations.message(id) != nil, "\(id) was acknowledged")
        }
        for conversation in try await state.conversations.conversations(
          of: .named("anonymous"), after: nil, limit: 100)
        {
          let messages = try await state.conversations.messages(of: conversation.id, last: nil)
          #expect(messages.count == conversation.messages)
          #expect(messages.map { Int($0.id.split(separator: "-")[1]) } == Array(0..<messages.count))
        }
        await state.close()
      }
    }
  }
}
