import Testing

@testable import Retrieval

@Suite struct JSONParserTests {
  private func read(_ source: String) throws -> ParsedDocument {
    try DocumentReader().parse(Array(source.utf8), name: "result.json")
  }

  @Test func `Telegram's messages stand on a line each`() throws {
    let source = #"""
      {"name":"Project Osprey","type":"private_supergroup","id":1200345,"messages":[
      {"id":1,"type":"message","date":"2025-02-03T09:12:00","from":"Hannah","text":"Morning!\nWe move on Thursday."},
      {"id":4,"date":"2025-02-03T10:01:00","from":"Bea","text":["Use ",{"type":"bold","text":"Vaultkeep"},", please."]},
      {"id":5,"type":"service","date":"2025-02-04T08:00:00","actor":"Hannah","action":"invite_members","members":["Luis"]},
      {"id":6,"date":"2025-02-04T08:01:00","from":"Luis","text":"","photo":"a.jpg"}
      ]}
      """#
    let document = try read(source)
    #expect(document.title == "Project Osprey")
    #expect(
      document.text == """
        Project Osprey

        - 2025-02-03 09:12, Hannah: Morning! We move on Thursday.
        - 2025-02-03 10:01, Bea: Use Vaultkeep, please.
        - 2025-02-04 08:00, Hannah: invite members: Luis

        """)
  }

  @Test func `Slack's and Discord's are read by their own names`() throws {
    let slack = #"""
      [{"type":"message","user":"U1","user_profile":{"real_name":"Ann Lee"},"text":"Ship it \ud83d\ude00","ts":"1738573920.000100"},
       {"type":"message","user":"U2","text":"Done.","ts":"1738573980.000200"}]
      """#
    #expect(
      try read(slack).text
        == "- 2025-02-03 09:12, Ann Lee: Ship it \u{1F600}\n- 2025-02-03 09:13, U2: Done.\n")
    let discord = #"""
      {"guild":{"name":"Boats"},"channel":{"name":"help"},"messages":[
       {"timestamp":"2024-05-01T10:00:00.000+00:00","content":"Hi","author":{"id":"1","name":"eva"}},
       {"timestamp":"2024-05-01T10:02:00.000+00:00","content":"Hello","author":{"id":"2","name":"kim"}}]}
      """#
    #expect(try read(discord).text == "help\n\n- 2024-05-01 10:00, eva: Hi\n- 2024-05-01 10:02, kim: Hello\n")
  }

  @Test func `long messages are paragraphs`() throws {
    let long = (1...80).map { "word\($0)" }.joined(separator: " ")
    let source =
      #"[{"author":"A","date":1700000000,"text":"\#(long)"},{"author":"B","date":1700000000123,"text":"Yes."}]"#
    let document = try read(source)
    #expect(document.blocks.map(\.kind) == [.paragraph, .listItem])
    #expect(
      document.text.hasPrefix("2023-11-14 22:13, A: word1")
        && document.text.contains("- 2023-11-14 22:13, B: Yes."))
  }

  @Test(arguments: [
    #"{"name": "pack", "version": "1.0", "scripts": {"test": "run"}}"#,
    #"[{"title": "A", "date": "2024-01-01", "author": "Ann", "body": "x"}, {"title": "B", "date": "2024-01-02", "author": "Bo", "body": "y"}]"#,
    #"[{"from": "a", "text": "no time"}, {"from": "b", "text": "none"}]"#, "{\"a\": 1,\n \"b\": [1, 2]}",
  ])
  func `other JSON stays as it is`(source: String) throws {
    let document = try read(source)
    #expect(document.text == source + "\n" && document.blocks.map(\.kind) == [.code])
  }

  @Test func `what was written without line ends is broken at its members`() throws {
    let items = (1...40).map { #"{"id":\#($0),"label":"a, {\"b\"}: c","tags":["x","y"]}"# }
    let source = #"{"shop":{"name":"Kiosk","open":true},"items":["# + items.joined(separator: ",") + "]}"
    let text = try read(source).text
    let lines = text.split(separator: "\n").map(String.init)
    #expect(
      lines.prefix(4) == [
        "{", #"  "shop": {"name": "Kiosk", "open": true},"#, #"  "items": ["#,
        #"    {"id": 1, "label": "a, {\"b\"}: c", "tags": ["x", "y"]},"#,
      ])
    #expect(lines.count == 45 && lines.suffix(2) == ["  ]", "}"])
    // Nothing but white space was added.
    #expect(text.filter { !$0.isWhitespace } == source.filter { !$0.isWhitespace })
  }

  @Test func `what is no JSON keeps its lines`() throws {
    let source = "{ // why this is so\n  \"a\": \"" + String(repeating: "b ", count: 600) + "\" }"
    #expect(try read(source).text == source + "\n")
  }

  @Test func `damaged, deep and hostile texts are read as text`() throws {
    let message = #"{"from":"a","date":"2024-01-01T00:00:00","text":"hello"}"#
    #expect(try read("[" + message + "," + message + "").text.contains("\"hello\""))
    let deep = String(repeating: "[", count: 5000) + message + String(repeating: "]", count: 5000)
    #expect(try read(deep).text.contains("hello"))
    #expect(try read(String(repeating: "{\"a\":", count: 3000)).text.contains("\"a\""))
    #expect(try read("\"\\ud800 \\u12\"").text.contains("ud800"))
    #expect(
      JSONTree(Array(#"["\ud83d\ude00\ud83d", -1.5e3, null, {"a": true}]"#.utf8))
        == .array([
          .string("\u{1F600}\u{FFFD}"), .number("-1.5e3"), .null,
          .object([.init(key: "a", value: .bool(true))]),
        ]))
    for damaged in ["", "[1,]", "{\"a\" 1}", "[1] 2", "\"a", "tru", "{\"a\":1,}"] {
      #expect(JSONTree(Array(damaged.utf8)) == nil)
    }
  }
}
