import Commands

/// A program whose only purpose is to be run by tests as a process of its own.
@main
enum Fixture {
  static func main() async {
    await Program(root, version: "1.2.3").main()
  }

  static let count = Argument("COUNT", .integer(in: 0...), "Lines to write")
  static let stubborn = Flag("stubborn", "Do not stop when asked to")
  static let graceful = Flag("graceful", "End with success when asked to stop")
  static let key = Option("key", .text, environment: "FIXTURE_KEY", "A value to show")

  static let root = Command(
    "fixture", "Does what a test needs a process for.",
    commands: [
      Command("lines", "Writes lines.", parameters: [count]) { invocation in
        for number in 0..<invocation[count] { try invocation.output.line("line \(number)") }
        return .success
      },
      Command("wait", "Waits to be stopped.", parameters: [stubborn, graceful]) { invocation in
        try invocation.output.line("ready")
        while true {
          do {
            try await Task.sleep(for: .seconds(60))
          } catch  where invocation[graceful] {
            try invocation.output.line("bye")
            return .success
          } catch  where invocation[stubborn] {
            try invocation.output.line("no")
            // Not `Task.sleep`, which would return at once in a cancelled task.
            await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in }
          }
        }
      },
      Command("echo", "Writes each line of its input back.") { invocation in
        for try await line in InputLines() { try invocation.output.line("<\(line)>") }
        return .success
      },
      Command("show", "Shows a value and where it is from.", parameters: [key]) { invocation in
        let value = invocation[key] ?? "nothing"
        try invocation.output.line("\(value) from \(invocation.arguments.origin(of: key))")
        return .success
      },
    ])
}
