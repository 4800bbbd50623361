import FoundationEssentials
import State
import Testing

@Suite struct LimitStoreTests {
  static let perMinute = LimitWindow(limit: 5, duration: .seconds(60))
  static let perHour = LimitWindow(limit: 8, duration: .seconds(3600))

  private func use(
    _ store: any LimitStore, _ key: String = "k", cost: Double = 1, windows: [LimitWindow] = [perMinute],
    at seconds: Double, force: Bool = false
  ) async throws -> LimitDecision {
    try await store.use(key, cost: cost, windows: windows, at: moment(seconds), force: force)
  }

  @Test(arguments: StateKind.allCases)
  func `a window lets as many through as its limit, and says how long to wait`(kind: StateKind) async throws {
    try await withState(kind) { state in
      let store = state.limits
      for number in 0..<5 {
        let decision = try await use(store, at: Double(number))
        #expect(decision.isAllowed && decision.window == Self.perMinute)
        #expect(decision.remaining == Double(4 - number))
        #expect(decision.wait == .seconds(60))
      }
      let refused = try await use(store, at: 10)
      #expect(!refused.isAllowed && refused.remaining == 0 && refused.wait == .seconds(50))
      #expect(try await use(store, "other", at: 10).isAllowed)
      #expect(try await use(store, at: 59.999).isAllowed == false)
      // The first use is a minute old, the second is not.
      #expect(try await use(store, at: 60).isAllowed)
      #expect(try await use(store, at: 60).wait == .seconds(1))
    }
  }

  @Test(arguments: StateKind.allCases)
  func `all windows must have room, and a refusal counts in none`(kind: StateKind) async throws {
    try await withState(kind) { state in
      let store = state.limits
      let windows = [Self.perMinute, Self.perHour]
      for _ in 0..<5 { #expect(try await use(store, windows: windows, at: 0).isAllowed) }
      #expect(try await use(store, windows: windows, at: 1).window == Self.perMinute)
      for _ in 0..<3 { #expect(try await use(store, windows: windows, at: 100).isAllowed) }
      let refused = try await use(store, windows: windows, at: 101)
      #expect(!refused.isAllowed && refused.window == Self.perHour)
      #expect(refused.wait == .seconds(3499))
      let open = try await use(store, cost: 0, windows: [Self.perMinute], at: 101)
      #expect(open.isAllowed && open.remaining == 2)
    }
  }

  @Test(arguments: StateKind.allCases)
  func `asking counts nothing, and is refused where nothing is left`(kind: StateKind) async throws {
    try await withState(kind) { state in
      let store = state.limits
      let cap = LimitWindow(limit: 1, duration: .seconds(86_400))
      for _ in 0..<3 { #expect(try await use(store, cost: 0, windows: [cap], at: 0).remaining == 1) }
      #expect(try await use(store, cost: 0.75, windows: [cap], at: 0).remaining == 0.25)
      #expect(try await use(store, cost: 0.5, windows: [cap], at: 1).isAllowed == false)
      #expect(try await use(store, cost: 0, windows: [cap], at: 1).isAllowed)
      // Known only afterwards: it counts although there is no room.
      let forced = try await use(store, cost: 0.5, windows: [cap], at: 2, force: true)
      #expect(!forced.isAllowed)
      let asked = try await use(store, cost: 0, windows: [cap], at: 3)
      #expect(!asked.isAllowed && asked.remaining == 0 && asked.wait == .seconds(86_397))
      #expect(try await use(store, cost: 0, windows: [cap], at: 86_400).remaining == 0.5)
    }
  }

  @Test(arguments: StateKind.allCases)
  func `a use larger than the limit never fits`(kind: StateKind) async throws {
    try await withState(kind) { state in
      let decision = try await use(state.limits, cost: 6, at: 0)
      #expect(!decision.isAllowed && decision.wait == .seconds(60))
      #expect(try await use(state.limits, at: 0).remaining == 4)
      #expect(try await use(state.limits, windows: [], at: 0).isAllowed)
      #expect(try await use(state.limits, cost: -.infinity, at: 0).remaining == 4)
      #expect(try await use(state.limits, cost: .nan, at: 0).remaining == 4)
    }
  }

  @Test(arguments: StateKind.allCases)
  func `servers that share a state count together`(kind: StateKind) async throws {
    try await withStates(kind, 3) { states in
      let window = LimitWindow(limit: 20, duration: .seconds(60))
      let allowed = try await withThrowingTaskGroup(of: Bool.self) { group in
        for number in 0..<60 {
          group.addTask {
            try await states[number % 3].limits.use(
              "k", cost: 1, windows: [window], at: moment(0), force: false
            ).isAllowed
          }
        }
        return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      #expect(allowed == 20)
    }
  }

  @Test(arguments: StateKind.allCases)
  func `a window of many uses is never exceeded in any span`(kind: StateKind) async throws {
    try await withState(kind) { state in
      let window = LimitWindow(limit: 200, duration: .seconds(64))
      var allowed: [Double] = []
      for step in 0..<1000 {
        let time = Double(step) / 5
        let decision = try await state.limits.use(
          "k", cost: 1, windows: [window], at: moment(time), force: false)
        if decision.isAllowed { allowed.append(time) }
      }
      for (index, first) in allowed.enumerated() {
        let inSpan = allowed[index...].prefix { $0 < first + 64 }.count
        #expect(inSpan <= 200)
      }
      // 64 s hold 320 tries, of which 200 pass; a slice is one second.
      #expect(allowed.count >= 200 * 3)
    }
  }
}
