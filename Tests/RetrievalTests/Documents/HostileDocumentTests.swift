import Retrieval
import Testing

/// Documents made to exhaust a parser's stack or time.
@Suite(.serialized) struct HostileDocumentTests {
  struct Attack: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var parser: any DocumentParser
    var name: String
    var before: String
    /// Repeated as often, before all of `repeated`.
    var opening: String
    var repeated: String
    var after: String
    /// Repetitions; the same document four times as long is read too.
    var count: Int

    init(
      _ parser: any DocumentParser, _ repeated: String, count: Int = 1000, before: String = "",
      opening: String = "",
      after: String = "x",
      name: String = ""
    ) {
      (self.parser, self.opening) = (parser, opening)
      (self.repeated, self.before, self.after, self.count, self.name) = (repeated, before, after, count, name)
      testDescription =
        "\(type(of: parser)) \(name) \((before + repeated).prefix(30).debugDescription) × \(4 * count)"
    }

    func document(times: Int) -> [UInt8] {
      Array(before.utf8) + Array(repeatElement(opening.utf8, count: count * times).joined())
        + Array(repeatElement(repeated.utf8, count: count * times).joined())
        + Array(after.utf8)
    }
  }

  static let attacks: [Attack] =
    [
      "<div>", "<b>", "<p>", "<ul><li>", "<table><tr><td>", "<font><p>", "<", "&", "<a ", "<!--", "<a b='",
      "<script>", "</p>", "<h1>",
      "<dl><dt>", "<blockquote>", "<pre>", "<svg>", "<q>", "<sup><a>", "<span id=a>", "<main>", "<header>",
    ].map { Attack(HTMLParser(), $0, count: $0 == "<div>" ? 25_000 : 2500) }
    + [
      Attack(HTMLParser(), "</span>", before: String(repeating: "<div>", count: 5000)),
      Attack(HTMLParser(), " a=1", before: "<p ", after: ">x"),
      Attack(HTMLParser(), "<td rowspan=1000 colspan=1000>", count: 1000, before: "<table><tr>"),
      Attack(HTMLParser(), "<tr><td>a", count: 4000, before: "<table><tr><td rowspan=100000>b"),
    ]
    + [
      "> ", "- ", "* ", "1. ", "![", "![[]()", "a <?", "a <!A ", "a <![CDATA[", "*a ", "**a *b ",
      "_", "~~a ", "`a", "|", "$", "$a ",
      "\n$$", "[a](", "[^a]", "[a]: b\n", "<div>\n\n", "<a>", "# a\n", "!!! note\n    ", ":::note\n", "| a |",
      "\\", "&a;", "- a\n",
    ].map { Attack(MarkdownParser(), $0, count: $0.contains("<") || $0.contains("![") ? 5000 : 1000) }
    + [
      Attack(MarkdownParser(), "[", count: 12_500), Attack(MarkdownParser(), ">", count: 12_500),
      Attack(MarkdownParser(), "|", count: 12_500, after: "\n|-|\nx"),
      Attack(
        MarkdownParser(), "|a\n", count: 4000,
        before: String(repeating: "|a", count: 200) + "\n" + String(repeating: "|-", count: 200) + "\n"),
    ]
    // What looks like the beginning of code and is none.
    + [
      "    ```\n\n", "<a>\n```\n\n", "<!--\n\n```\n-->\n\n", "- ```\n\n", "```\n> ```\n```\n\n", "``` a`\n\n",
    ].map {
      Attack(MarkdownParser(), "a <![CDATA[", count: 5000, before: $0)
    }
    + [
      Attack(MarkdownParser(), "*[^1]", count: 5000), Attack(MarkdownParser(), "[a]: b\na_", count: 5000),
      Attack(MarkdownParser(), "<?\\", count: 5000),
      Attack(MarkdownParser(), "\\|", count: 5000, after: "\n|-|\nx"),
      Attack(ReStructuredTextParser(), " |a", count: 8000, after: "|"),
    ]
    + [
      "{{< code >}}", "{% raw %}", "{{ x", "{{<a>}}{% if %}", "[a]: {{ b }} ", "{{< code >}}x{{</ code >}}",
      "{{% note %}}", "`{% raw %}`", "{{", "{%",
    ].map { Attack(MarkdownParser(), $0, before: "---\na: b\n---\n") }
    + [
      "[[", "[[a", "==a", "++a", "%% ", "^[a b", "{.a", "]{.a}", "[a][b.c]", "[x", "/// a\n", "> [!a] b\n",
      "{: .a}\n",
      ":material-", "```{a}\n", "%%\n", "/// a\n///\n", "<T>", "$$a\n", "`a\n",
    ].map { Attack(MarkdownParser(), $0) }
    + [
      Attack(MarkdownParser(), "{{< code >}}\n", after: "```\n{{< /code >}}"),
      Attack(MarkdownParser(), "{{ x }}", count: 5000, opening: " "),
      Attack(MarkdownParser(), "\n{: #a}", count: 5000, before: "# ", opening: "a"),
      Attack(MarkdownParser(), "export {\n\n", name: "a.mdx"),
    ]
    + ["<A ", "<A>", "{/*", "<A b={", "export {\n", "<A>\n  ", "</A>", "<>", "{'", "{a(", "\n{a", "<A b={'"]
    .map {
      Attack(MarkdownParser(), $0, name: "a.mdx")
    }
    + [
      "*", "* ", "*a ", "`", "``a ", ":a:", "|a ", "_", "[", "- ", ".. ", ".. note:: ", "+--+\n", "== ==\n",
      "a\n ", ":a: ", "a_ ", "..\n", "| ",
      "term\n  ", "a\n=\n", ".. list-table::\n\n  * - a\n",
    ].map { Attack(ReStructuredTextParser(), $0) }
    + [
      Attack(PlainTextParser(), "\n"), Attack(PlainTextParser(), "CHAPTER I\n\n"),
      Attack(PlainTextParser(), "a\n\n", name: "a.c"),
    ]
    + [
      Attack(XMLDocumentParser(), "<section><title>a</title>", count: 2500, name: "a.docbook"),
      Attack(
        XMLDocumentParser(), "<para><title>a</title>b</para>", count: 2500, before: "<section>",
        after: "</section>", name: "a.docbook"),
      Attack(
        XMLDocumentParser(),
        "<section id=\"a\"><title>a</title><para>b<xref linkend=\"a\"/></para></section>", count: 1000,
        before: "<book>", after: "</book>", name: "a.docbook"),
      Attack(
        XMLDocumentParser(), "<row><entry>a</entry></row>", count: 2500, before: "<informaltable><tgroup>",
        after: "</tgroup></informaltable>", name: "a.docbook"),
      Attack(
        XMLDocumentParser(), "<item><title>a</title></item>", count: 2500, before: "<rss><channel>",
        after: "</channel></rss>"),
      Attack(
        XMLDocumentParser(), "<!-- - -->", count: 500, before: "<!DOCTYPE rss [", after: "]><rss>a</rss>"),
      Attack(
        XMLDocumentParser(), "&a;", count: 5000, before: "<section>", after: "</section>", name: "a.docbook"),
    ]
    + [
      Attack(
        XMLDocumentParser(), "<title>a</title>", count: 2500, before: "<section><itemizedlist>",
        after: "</itemizedlist></section>", name: "a.docbook")
    ]
    + [Attack(NotebookParser(), "[", before: "{\"cells\": "), Attack(NotebookParser(), "{\"cells\":")]
    + [
      ".RS\n", ".TP\n", ".TP\na\n", ".TQ\na\n", ".IP a\n", ".nf\n", ".if n \\{\n", ".if t \\{\n", ".if n ",
      ".\\}",
      "\\}", "a\\\n", "\\h'", "\\[", "\\*[a", ".de\n", ".UR a\n", ".TS\n", ".TS\nl.\nT{\n", ".br\n", "\\c\n",
      ".B ",
    ].map { Attack(ManualPageParser(), $0, before: ".TH A 1\n") }
    + [
      ".It a\n", ".Bl -tag\n.It a\n", ".Bl -column\n.It a Ta b\n", ".Op ", " Op", " Oo", " Oc", " Fl", " Ns",
      " . ", ".Bd\n",
      ".Oo\n", ".Rs\n.%A a\n", ".Nm\n",
    ].map { Attack(ManualPageParser(), $0, before: ".Dd a\n.Bl -tag\n.It a") }

  @Test(arguments: attacks)
  func `Depth and repetition take a small stack and linear time`(attack: Attack) {
    OnSmallStack.expectLinearTime(
      attack.parser, attack.name, short: attack.document(times: 1), long: attack.document(times: 4))
  }

  /// Where a part of a document is shown in several places.
  @Test(arguments: [
    (
      HTMLParser() as any DocumentParser,
      "<table><tr>"
        + String(repeating: "<td rowspan=1000>\(String(repeating: "word ", count: 35))", count: 400)
        + String(repeating: "<tr>", count: 1000) + "<td>x</table>"
    ),
    (
      ReStructuredTextParser(),
      ".. |a| replace:: \(String(repeating: "word ", count: 20_000))\n\n"
        + String(repeating: "|a| ", count: 20_000)
    ),
    (
      ManualPageParser(),
      ".TH A 1\n.ds a \(String(repeating: "word ", count: 2000))\n.ds b \(String(repeating: "\\*a", count: 1000))\n"
        + String(repeating: "\\*b", count: 5000)
    ),
    (
      ReStructuredTextParser(),
      String(repeating: "= ", count: 20_000) + "\n" + String(repeating: "a b\n", count: 20_000)
        + String(repeating: "= ", count: 20_000) + "\n"
    ),
    (
      ReStructuredTextParser(),
      String(repeating: "+-", count: 20_000) + "+\n" + String(repeating: "|a|\n", count: 20_000)
        + String(repeating: "+-", count: 20_000) + "+\n"
    ),
  ])
  func `A short document gives no long text`(parser: any DocumentParser, text: String) throws {
    let start = ContinuousClock.now
    let document = try parser.parse(Array(text.utf8), name: "")
    #expect(document.text.utf8.count < 8 * text.utf8.count)
    #expect(.now - start < .seconds(10))
  }

  @Test func `Lines of nested indentation are read`() throws {
    let text = (0..<1500).map { String(repeating: " ", count: $0) + "- a\n" }.joined()
    #expect(try ReStructuredTextParser().parse(Array(text.utf8)).blocks.isEmpty == false)
    #expect(OnSmallStack.seconds(ReStructuredTextParser(), Array(text.utf8), "") < 5)
  }

  @Test func `Text below the depth that libxml2 reads is kept`() throws {
    let page =
      String(repeating: "<div>", count: 100_000) + "<p>deep &amp; <b>bold</b></p><script>no</script><p>end"
    let document = try HTMLParser().parse(Array(page.utf8))
    #expect(document.outline == ["p deep & bold", "p end"])
    #expect(document.notes == ["read in part without structure: nested deeper than 256 elements"])
  }
}
