import Synchronization
import Testing

@testable import RAGServer

@Suite struct MemoryReturnTests {
  /// A process whose memory is what a test says.
  private final class Numbers: Sendable {
    struct State {
      var isBusy = false
      var resident = 100_000_000
      /// What cannot be released.
      var needed = 100_000_000
      var releases = 0
    }

    let state = Mutex(State())

    var process: MemoryReturn.Process {
      MemoryReturn.Process(
        isBusy: { self.state.withLock { $0.isBusy } }, residentBytes: { self.state.withLock { $0.resident } },
        release: {
          self.state.withLock {
            $0.resident = $0.needed
            $0.releases += 1
          }
        })
    }
  }

  @Test func `memory is given back once nobody is answered, and not again before it has grown`() async {
    let numbers = Numbers()
    let memory = MemoryReturn(numbers.process)
    func releases(resident: Int, isBusy: Bool = false) async -> Int {
      numbers.state.withLock { ($0.resident, $0.isBusy) = (resident, isBusy) }
      await memory.look()
      return numbers.state.withLock { $0.releases }
    }
    #expect(await releases(resident: 120_000_000) == 0)
    #expect(await releases(resident: 500_000_000, isBusy: true) == 0)
    numbers.state.withLock { $0.needed = 180_000_000 }
    #expect(await releases(resident: 500_000_000) == 1)
    #expect(await releases(resident: 180_000_000) == 1, "what is needed is no reason")
    #expect(await releases(resident: 200_000_000) == 1)
    #expect(await releases(resident: 300_000_000) == 2)
  }

  @Test func `pages that were freed go back to the system`() async throws {
    let process = MemoryReturn.Process.current { false }
    func resident() throws -> Int { try #require(process.residentBytes()) }
    // Blocks that the allocator keeps, as the last one of them is not freed.
    var blocks = (0..<40_000).map { _ in [UInt8](repeating: 1, count: 2_000) }
    let last = blocks.removeLast()
    let full = try resident()
    blocks = []
    await process.release()
    #expect(try resident() < full - 40_000_000)
    #expect(last.count == 2_000)
  }
}
