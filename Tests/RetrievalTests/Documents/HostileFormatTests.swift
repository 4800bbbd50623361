import Retrieval
import Testing

/// Documents in formats of few marks, in mail and in tables, made to exhaust a parser's stack or time.
@Suite(.serialized) struct HostileFormatTests {
  typealias Attack = HostileDocumentTests.Attack

  private static let part0: [Attack] = [
    "<<", "[[", "a:[", "[", "https://a.b[", "*", "*a ", "`a ", "{a", "a::\n", "* a\n", ". a\n", "|===\n",
    "----\n",
    "|a\n", "+\n", "= a\n", "////\n", "[a]\n", ".a\n", "a\n--\n", "<<a ", "[[a ", "a:[a ", "#a",
    ":a: {a}{a}\n",
  ].map { Attack(AsciiDocParser(), $0) }

  private static let part1: [Attack] = [
    "* a\n", "- a\n  ", "| a\n", "[[", "[[a][", "#+begin_src\n", "#+begin_quote\n", ":a:\n", "#+a\n",
    "[[a]] ",
  ]
  .map { Attack(OrgParser(), $0) }

  private static let part2: [Attack] = [
    "\\a", "{", "\\a{", "$", "$a", "\\begin{a}\n", "\\begin{verbatim}\n", "\\begin{tabular}{", "\\item ",
    "[", "\\a[",
    "\\newcommand{\\a}{", "\\section{", "%\n", "\n ", "\\cite{a} ", "\\href{a", "\\begin{tabular}a&b\\\\",
    "\\begin{itemize}",
    "\\input{a}",
  ].map { Attack(LaTeXParser(), $0, before: "\\begin{document}") }

  private static let part3: [Attack] = [
    "[", "{\"a\":", "[1,", "{\"text\":\"a\"},", "\"\\", "[{\"text\":", "{\"a\":1,",
  ].map {
    Attack(JSONParser(), $0, before: "[", name: "a.json")
  }

  private static let part4: [Attack] = [
    "{", "}", "{\\a", "\\'e9", "\\u8364 ?", "\\cell", "a\\cell\\row", "\\par", "{\\footnote a}", "\\par a",
    "{\\*\\a",
    "{\\f1\\fcharset2}", "{\\s1 a}", "\\bin1 ", "\\line ", "\\u-1", "{\\listtext a}",
  ].map { Attack(RTFParser(), $0, before: "{\\rtf1 ") }

  private static let part5: [Attack] = [
    "<", "{\\", "- a\n", "<v a>b\n", "00:00,0 --> 00:01,0\na\n\n", "00:00,0 --> 00:01,0\n", "a\n",
  ].map {
    Attack(SubtitleParser(), $0, before: "00:00:01,0 --> 00:00:02,0\n")
  }

  private static let part6: [Attack] = ["\"", "\"\"", ",", "a,b\n", "\n", "a\n", "\"a", "a b,,\n", "a,b\n\n"]
    .map {
      Attack(DelimitedParser(), $0, name: "a.csv")
    }

  private static let part7: [Attack] = [
    "> ", ">\n", "On a\n", "On a, b wrote:\n> a\n", "From: a\n", "From: a\nSent: b\nSubject: c\n\n",
    "-----\n", "\n",
    "From a\n\n", ">From a\n", "--b\n", "--b--\n",
  ].map { Attack(MailParser(), $0, before: "Subject: a\n\n", name: "a.eml") }

  private static let part8: [Attack] = [
    "=?", "=?utf-8?q?a?= ", "=?a?b?", "a\n ", "A: b\n", "a;b=", "\"", ";b*0=c", ";b*=%",
  ].map {
    Attack(MailParser(), $0, before: "Subject: a\nContent-Type: a", after: "\n\nx", name: "a.eml")
  }

  private static let part9: [Attack] = [
    "--b\n", "--b\n\n", "--b\nContent-Type: multipart/mixed; boundary=b\n\n",
    "--b\nContent-Type: multipart/alternative; boundary=b\n\n", "--b\nContent-Type: message/rfc822\n\n",
    "--b\nContent-Type: text/html\n\n<p>a\n", "--b\nContent-Type: a; name=a.csv\n\na,b\n",
  ].map {
    Attack(
      MailParser(), $0, before: "Content-Type: multipart/mixed; boundary=b\n\n", after: "--b--\n",
      name: "a.eml")
  }

  private static let messages = [
    Attack(MailParser(), "Content-Type: message/rfc822\n\n", before: "Subject: a\n", name: "a.eml")
  ]

  private static let part10: [Attack] = [
    "*a*\n", "*a", "|a", "|a|\n", "a  b\n", "a >\n", "a ~\n", "===\n", "\ta\n", "1. a\n", "*a*",
    "a    *a*\n",
  ].map {
    Attack(PlainTextParser(), $0, before: "*a.txt*\tFor Vim\n\n", after: "\n vim:ft=help:\n", name: "a.txt")
  }

  private static let part11: [Attack] = [
    "1.2 a\n\n", "1.0 (2024-01-02)\n", "a\n-\n", "```\n", "* a\n", " a", "a:\n", "A\n\n", "v1.0\n\n",
  ].map {
    Attack(PlainTextParser(), $0)
  }

  private static let part12: [Attack] = [
    Attack(MarkdownParser(), "////\n", opening: "/// a\n", after: "///\n")
  ]

  static let attacks: [Attack] = [
    part0, part1, part2, part3, part4, part5, part6, part7, part8, part9, messages, part10, part11, part12,
  ].flatMap(\.self)

  @Test(arguments: attacks)
  func `Depth and repetition take a small stack and linear time`(attack: Attack) {
    OnSmallStack.expectLinearTime(
      attack.parser, attack.name, short: attack.document(times: 1), long: attack.document(times: 4))
  }

  @Test(arguments: [
    (
      AsciiDocParser() as any DocumentParser,
      ":a: word word word word\n"
        + (0..<40).map {
          ":\(Unicode.Scalar(UInt8(98 + $0 % 24)))\($0): {a}{a}\n:a: {\(Unicode.Scalar(UInt8(98 + $0 % 24)))\($0)}\n"
        }
        .joined() + "\n{a}\n"
    ),
    (
      AsciiDocParser(),
      ":a: \(String(repeating: "word ", count: 20_000))\n\n" + String(repeating: "{a} ", count: 20_000)
    ),
    (
      LaTeXParser(),
      "\\newcommand{\\x}{\(String(repeating: "word ", count: 39))}\\begin{document}"
        + String(repeating: "\\x ", count: 200_000) + "\\end{document}"
    ),
  ])
  func `A short document gives no long text`(parser: any DocumentParser, text: String) throws {
    let document = try parser.parse(Array(text.utf8), name: "")
    #expect(document.text.utf8.count < 8 * text.utf8.count + (1 << 17))
  }

  @Test func `A mark of a template that says nothing stays in code`() throws {
    let text = "---\ntitle: A\nlayout: default\n---\n\n{% include a.html %}\n\n```\n{%}\n```\n"
    #expect(try MarkdownParser().parse(Array(text.utf8), name: "a.md").text.contains("{%}"))
  }
}
