import Testing

@testable import Commands

@Suite struct DefinitionTests {
  @Test func `sound declarations have no mistakes`() {
    #expect(Sample.program.definitionMistakes.isEmpty)
    #expect(Sample.server.definitionMistakes.isEmpty)
  }

  @Test func `mistakes in declarations are found`() {
    @Sendable func nothing(_: Invocation) -> ExitCode { .success }
    let first = Command(
      "a",
      "",
      parameters: [
        Flag("x", short: "q", ""), Flag("x", short: "q", ""), Flag("help", short: "h", ""),
        Flag("y", default: true, ""), Flag("no-y", ""), Flag("kind", short: "z", ""),
        Argument(words: "W", ""), Argument("V", .text, ""),
      ], run: nothing)
    let second = Command(
      "b", "",
      parameters: [
        Option("kind", short: "z", .text, ""), Argument(optional: "O", .text, ""), Argument("R", .text, ""),
      ], run: nothing)
    let root = Command("p", "", commands: [first, second, Command("a", "", run: nothing), Command("c", "")])
    #expect(
      Program(root, version: "").definitionMistakes == [
        "'p' has two commands 'a'.",
        "'p a' has two options '--x'.",
        "'p a' has two options '--no-y'.",
        "'p a' has two options '--help'.",
        "'p a' has two options '-q'.",
        "'p a' has two options '-h'.",
        "'p a' has an argument after 'W', which takes all that is left.",
        "'p b' requires 'R' after 'O', which is optional.",
        "'p c' does nothing.",
        "'--kind' is a flag of one command and takes a value in another.",
        "'-z' is a flag of one command and takes a value in another.",
      ])
  }
}
