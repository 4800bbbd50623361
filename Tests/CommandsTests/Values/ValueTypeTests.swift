import Testing

@testable import Commands

@Suite struct ValueTypeTests {
  /// What reading `text` gives, or the words of the error.
  private func read<Value>(_ type: ValueType<Value>, _ text: String, home: String? = nil) -> String {
    do throws(ValueError) {
      return "\(try type.read(text, ValueContext(home: home)))"
    } catch {
      return error.description
    }
  }

  @Test(arguments: [
    ("0", "0"), ("-7", "-7"), ("+5", "5"), ("9223372036854775807", "9223372036854775807"),
    ("9223372036854775808", "needs an integer, not '9223372036854775808'."),
    ("1.5", "needs an integer, not '1.5'."), (" 1", "needs an integer, not ' 1'."),
    ("", "needs an integer, not an empty text."), ("１", "needs an integer, not '１'."),
  ])
  func `integers are read`(text: String, expected: String) {
    #expect(read(.integer, text) == expected)
  }

  @Test(arguments: [
    (ValueType.integer(in: 1...10), "11", "needs an integer between 1 and 10, not '11'."),
    (.integer(in: 1...), "0", "needs an integer of at least 1, not '0'."),
    (.integer(in: .min...5), "6", "needs an integer of at most 5, not '6'."),
    (.integer(in: 1...10), "1", "1"), (.integer(in: 1...10), "10", "10"), (.port, "65535", "65535"),
    (.port, "65536", "needs a port between 0 and 65535, not '65536'."),
  ])
  func `integers are held to their range`(type: ValueType<Int>, text: String, expected: String) {
    #expect(read(type, text) == expected)
  }

  @Test(arguments: [
    ("0.5", "0.5"), (".5", "0.5"), ("1.", "1.0"), ("1", "1.0"),
    ("1.01", "needs a number between 0 and 1, not '1.01'."),
    ("nan", "needs a number between 0 and 1, not 'nan'."),
    ("1e-1", "needs a number between 0 and 1, not '1e-1'."),
    (".", "needs a number between 0 and 1, not '.'."), ("0x1", "needs a number between 0 and 1, not '0x1'."),
  ])
  func `numbers are read`(text: String, expected: String) {
    #expect(read(.number(in: 0...1), text) == expected)
  }

  @Test(
    arguments: [
      ("500ms", .milliseconds(500)), ("2s", .seconds(2)), ("1m", .seconds(60)), ("1min", .seconds(60)),
      ("1h30m", .seconds(5400)), ("1.5h", .seconds(5400)), ("7d", .seconds(604_800)), ("30", .seconds(30)),
      ("0", .zero), ("2S", .seconds(2)), ("1m30.5s", .milliseconds(90_500)), ("250us", .microseconds(250)),
      ("", nil), ("s", nil), ("2 s", nil), ("-2s", nil), ("1x", nil), ("30m1h", nil), ("1s1s", nil),
      ("1h30", nil),
      ("999999999999999d", nil), ("1.2.3s", nil),
    ] as [(String, Duration?)])
  func `durations are read`(text: String, expected: Duration?) {
    #expect(DurationText.value(text) == expected)
  }

  @Test(
    arguments: [
      (.zero, "0s"), (.milliseconds(500), "500ms"), (.seconds(5400), "1h30m"), (.seconds(86_400), "1d"),
      (.milliseconds(1500), "1s500ms"), (.microseconds(3), "3us"),
    ] as [(Duration, String)])
  func `durations are written as they are read`(duration: Duration, text: String) {
    #expect(DurationText.typed(duration) == text)
    #expect(DurationText.value(text) == duration)
  }

  @Test(
    arguments: [
      ("512", 512), ("200MB", 200_000_000), ("200mb", 200_000_000), ("64MiB", 67_108_864),
      ("1.5GB", 1_500_000_000),
      ("1.5 GiB", 1_610_612_736), ("10k", 10_000), ("0", 0), ("2TB", 2_000_000_000_000), ("1B", 1),
      ("", nil), ("MB", nil), ("-1", nil), ("1XB", nil), ("99999999999TB", nil), ("1  MB", nil),
      ("1..2k", nil),
    ] as [(String, Int?)])
  func `sizes are read`(text: String, expected: Int?) {
    #expect(ByteCountText.value(text) == expected)
  }

  @Test(arguments: [
    (0, "0"), (1500, "1500"), (64 << 20, "64MiB"), (200_000_000, "200MB"), (1 << 40, "1TiB"), (1000, "1kB"),
  ])
  func `sizes are written as they are read`(count: Int, text: String) {
    #expect(ByteCountText.typed(count) == text)
    #expect(ByteCountText.value(text) == count)
  }

  @Test(arguments: [
    ("http://localhost:6333", true), ("HTTPS://example.org/a?b#c", true), ("http://[::1]/", true),
    ("localhost:6333", false), ("http://", false), ("http:///x", false), ("ftp://x", false),
    ("http://a b", false), ("", false),
  ])
  func `addresses are told from other texts`(text: String, isAddress: Bool) {
    #expect((read(.url, text) == text) == isAddress)
  }

  @Test(arguments: [
    ("~/x", "/home/ada/x"), ("~", "/home/ada"), ("~bob/x", "~bob/x"), ("a/~/x", "a/~/x"), ("-", "-"),
    ("", "needs a path, not an empty text."), ("a\0b", "needs a path, not 'a\u{FFFD}b'."),
  ])
  func `paths begin at home where they say so`(text: String, expected: String) {
    #expect(read(.path, text, home: "/home/ada") == expected)
    #expect(read(.path, "~/x") == "~/x")
  }

  @Test func `choices are read in any case and suggested`() {
    #expect(read(.choice(["none", "local"]), "LOCAL") == "local")
    #expect(
      read(.choice(["none", "local"]), "lokal")
        == "needs one of 'none' or 'local', not 'lokal'. Did you mean 'local'?")
    #expect(read(.choice(of: Sample.Mode.self), "Dense") == "dense")
  }

  @Test func `a secret is never repeated`() {
    #expect(read(.secret, "") == "needs a text that is not empty.")
  }

  @Test func `a long text is shortened in messages`() {
    let message = read(.integer, String(repeating: "x", count: 500))
    #expect(message == "needs an integer, not '\(String(repeating: "x", count: 59))…'.")
  }
}
