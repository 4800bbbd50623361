import State
import TestSupport
import Testing

/// An implementation that the contract holds for.
enum StateKind: String, CaseIterable, CustomTestStringConvertible {
  case sqlite

  var testDescription: String { rawValue }
}

/// Opens `count` states on one empty database, as that many servers would, and closes them after `body`.
func withStates(
  _ kind: StateKind, _ count: Int, _ body: ([State]) async throws -> Void
) async throws {
  try await withTemporaryDirectory { directory in
    var states: [State] = []
    for _ in 0..<count {
      switch kind {
      case .sqlite: states.append(try await .sqlite(path: directory + "/state.db"))
      }
    }
    do {
      try await body(states)
    } catch {
      for state in states { await state.close() }
      throw error
    }
    for state in states { await state.close() }
  }
}

func withState(_ kind: StateKind, _ body: (State) async throws -> Void) async throws {
  try await withStates(kind, 1) { try await body($0[0]) }
}
