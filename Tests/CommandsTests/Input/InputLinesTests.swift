import Glibc
import Testing

@testable import Commands

@Suite struct InputLinesTests {
  private func lines(of text: [UInt8], longestLine: Int = 100) async throws -> [String] {
    var ends: [Int32] = [-1, -1]
    try #require(pipe(&ends) == 0)
    _ = text.withUnsafeBytes { write(ends[1], $0.baseAddress, $0.count) }
    close(ends[1])
    defer { close(ends[0]) }
    return try await InputLines(descriptor: ends[0], longestLine: longestLine).reduce(into: []) {
      $0.append($1)
    }
  }

  @Test(
    arguments: [
      ("", []), ("a", ["a"]), ("a\n", ["a"]), ("a\nb", ["a", "b"]), ("\n\n", ["", ""]),
      ("a\r\nb\r\n", ["a", "b"]),
      ("a\rb\n", ["a\rb"]), ("漢\n", ["漢"]),
    ] as [(String, [String])])
  func `lines are told apart`(text: String, expected: [String]) async throws {
    #expect(try await lines(of: Array(text.utf8)) == expected)
  }

  @Test func `bytes that are no text are replaced`() async throws {
    #expect(try await lines(of: [0x61, 0xFF, 0x0A]) == ["a\u{FFFD}"])
  }

  @Test func `a line without end is an error before it fills the memory`() async throws {
    await #expect(throws: InputError.lineTooLong(2, limit: 100)) {
      try await lines(of: Array("short\n".utf8) + [UInt8](repeating: 0x61, count: 1000))
    }
    #expect(
      InputError.lineTooLong(2, limit: 16_000_000).description
        == "Line 2 of the input is longer than 16 MB; put line ends between the texts.")
  }

  @Test func `a descriptor that cannot be read is an error`() async {
    await #expect(throws: InputError.unreadable("Bad file descriptor")) {
      for try await _ in InputLines(descriptor: 1_000_000) {}
    }
  }
}
