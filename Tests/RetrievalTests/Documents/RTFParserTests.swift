import Testing

@testable import Retrieval

@Suite struct RTFParserTests {
  private func outline(_ body: String, head: String = "") throws -> [String] {
    try DocumentReader().parse(Array("{\\rtf1\\ansi\\ansicpg1252\\deff0\(head)\(body)}".utf8), name: "a.rtf")
      .outline
  }

  private static let head = """
    {\\fonttbl{\\f0\\froman\\fcharset0 Times;}{\\f1\\fcharset204 Cyr;}}{\\colortbl;\\red0;}
    {\\stylesheet{\\s0 Normal;}{\\s1\\outlinelevel0 Headline;}{\\*\\cs9 Char;}{\\s2 heading 2;}}
    {\\*\\generator Some program;}{\\info{\\title The garden rules}{\\author Ann}}{\\header Running head\\par}
    """

  @Test(arguments: [
    ("\\pard One \npara\ngraph.\\par\\par Two\\line lines.\\par", ["p One paragraph.", "p Two\nlines."]),
    (
      "\\pard\\s1 Rules\\par\\pard\\s2 Water\\par\\pard\\outlinelevel3 Deep\\par\\pard At night.",
      [
        "h1 Rules", "h2 Water", "h4 Deep", "p At night.",
      ]
    ),
    (
      "\\pard caf\\'e9 \\u8364\\'80 5 \\ldblquote a\\rdblquote\\~b \\uc0\\u8364 x\\uc1\\u-10179?\\u-8704?.\\par",
      [
        "p café € 5 “a” b €x😀."
      ]
    ),
    ("\\pard\\f1 \\'e4\\'e0\\f0 \\'e4\\par", ["p даä"]),
    (
      "\\pard{\\listtext\\f1 \\'b7\\tab}Beds\\par{\\listtext 2.\\tab}Roses\\par \\bullet  Leek\\par",
      [
        "li - Beds", "li 2. Roses", "li - Leek",
      ]
    ),
    (
      "\\trowd\\intbl Crop\\cell Sown\\cell\\row\\trowd\\intbl Leek\\par small\\cell May\\cell\\row\\pard After\\par",
      ["t Crop | Sown\nLeek small | May", "p After"]
    ),
    (
      "\\pard See {\\field{\\*\\fldinst HYPERLINK \"x\"}{\\fldrslt the page}}{\\v hidden}{\\*\\unknown no}.\\par",
      [
        "p See the page."
      ]
    ),
    (
      "\\pard Water{\\footnote\\pard From the tank.\\par} it.\\par Next.\\par",
      [
        "p Water it.", "p From the tank.", "p Next.",
      ]
    ),
    ("\\pard Words {\\pict\\bin4 }{{{}more.\\par", ["p Words more."]),
  ])
  func `rich text is read`(body: String, expected: [String]) throws {
    #expect(try outline(body, head: Self.head) == expected)
  }

  @Test func `the title is among the properties`() throws {
    let document = try DocumentReader().parse(Array("{\\rtf1\(Self.head) x\\par}".utf8), name: "a.rtf")
    #expect(document.title == "The garden rules")
  }

  @Test func `damage never traps`() {
    var random = DocumentFuzzer(seed: 4)
    let bytes = Array("{\\rtf1\(Self.head)\\pard caf\\'e9 \\u8364?{\\footnote a}\\intbl x\\cell\\row}".utf8)
    for _ in 0..<500 {
      do { _ = try RTFParser().parse(random.altered(bytes), name: "a.rtf") } catch is DocumentError {
      } catch {
        Issue.record("threw \(error)")
      }
    }
    _ = try? outline(String(repeating: "{", count: 100_000))
  }
}
