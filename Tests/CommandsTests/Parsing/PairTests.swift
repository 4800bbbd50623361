import Testing

@testable import Commands

@Suite struct PairTests {
  private static let pair = Option(
    pair: "compare",
    ValueType<[String]>(placeholder: "A B", expectation: "two words") { text, _ in
      let parts = text.split(separator: ":").map(String.init)
      return parts.count == 2 ? parts : nil
    }, "Two.")
  private static let place = Argument("DIR", .text, "Where.")

  private func run(_ arguments: String...) async -> (code: ExitCode, output: String, messages: String) {
    let command = Command("p", "", parameters: [Self.place, Self.pair]) { invocation in
      let values = (invocation[Self.pair] ?? []).joined(separator: "+")
      try invocation.output.line("\(invocation[Self.place]) \(values)")
      return .success
    }
    let (results, messages) = (MemorySink(), MemorySink())
    let code = await Program(command, version: "1").run(
      arguments, settings: Settings(environment: [:]), output: Output(results: results, messages: messages))
    return (code, results.text, messages.text)
  }

  @Test func twoValuesFollowTheName() async {
    #expect(await run("d", "--compare", "a", "b").output == "d a+b\n")
    #expect(await run("--compare", "a", "b", "d").output == "d a+b\n")
    #expect(await run("--compare", "a:b", "d").output == "d a+b\n")
    #expect(await run("d", "--compare=a:b").output == "d a+b\n")
    #expect(await run("d").output == "d \n")
  }

  @Test func oneValueAloneIsTooFew() async {
    let result = await run("d", "--compare", "a")
    #expect(result.code == .usage && result.messages.contains("needs two values: --compare A B"))
    #expect(await run("d", "--compare", "a", "--help").code == .success)
  }
}
