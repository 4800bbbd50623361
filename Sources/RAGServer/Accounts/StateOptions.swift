import Commands
import State

/// What commands that read or change the state take.
enum StateOptions {
  static var parameters: [any Parameter] { [ServerProgram.state, ServerProgram.database] }

  /// Runs `body` with the state that the options and variables name, and closes it.
  static func withState(
    _ invocation: Invocation, _ body: (State) async throws -> ExitCode
  ) async throws -> ExitCode {
    let setup = StateSetup(
      path: invocation[ServerProgram.state], database: invocation[ServerProgram.database])
    let state = try await setup.open()
    do {
      let code = try await body(state)
      await state.close()
      return code
    } catch {
      await state.close()
      throw error
    }
  }
}
