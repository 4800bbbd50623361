import Commands

/// An `Output` into memory, and what was written to it.
struct Captured {
  let results: MemorySink
  let messages: MemorySink
  let output: Output

  init(
    resultsWidth: Int? = nil, messagesWidth: Int? = nil, capacity: Int = .max,
    environment: [String: String] = [:]
  ) {
    results = MemorySink(terminalWidth: resultsWidth, capacity: capacity)
    messages = MemorySink(terminalWidth: messagesWidth)
    output = Output(results: results, messages: messages, environment: environment)
  }
}

extension Program {
  /// The message and hint of what is wrong with `arguments`; "" where nothing is.
  func mistake(_ arguments: [String], environment: [String: String] = [:]) -> String {
    do throws(UsageError) {
      _ = try parse(arguments, settings: Settings(environment: environment))
      return ""
    } catch {
      return error.description
    }
  }

  func parsed(_ arguments: [String], environment: [String: String] = [:]) throws -> ParsedCommand? {
    try parse(arguments, settings: Settings(environment: environment)).command
  }
}
