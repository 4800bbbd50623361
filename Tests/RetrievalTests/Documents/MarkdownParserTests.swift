import Retrieval
import Testing

struct MarkdownParserTests {
  static let samples = [
    OutlineSample(
      "headings",
      "# One `x`\n\nTwo\n===\n\n### Three *em* {#third}\n\n## Four {: #iv .wide}\n#### C++ & Ünïcode!",
      [
        "h1 One x #one-x", "h1 Two #two", "h3 Three em #third", "h2 Four #iv",
        "h4 C++ & Ünïcode! #c--ünïcode",
      ]),
    OutlineSample(
      "repeated headings", "# A\n# A\n# A-1\n# A\n# {x}",
      ["h1 A #a", "h1 A #a-1", "h1 A-1 #a-1-1", "h1 A #a-2", "h1 {x} #x"]),
    OutlineSample(
      "inline markup",
      "A [link](u \"t\") and [ref][r], ![alt](p.png), `co*de`, *em*, **st**, ~~no~~, ~5, &copy; <b>tag</b>\nsoft  \nhard\\\nend\n\n[r]: u",
      ["p A link and ref, alt, co*de, em, st, no, ~5, © tag soft\nhard\nend"]),
    OutlineSample(
      "lists", "- a\n  b\n  - c\n\n    more\n- [x] d\n- [ ] e\n\n7. f\n8. g\n   ```\n   code\n   ```",
      ["li - a b", "li - c", "p more", "li - [x] d", "li - [ ] e", "li 7. f", "li 8. g", "c code"]),
    OutlineSample(
      "terms", "Queue\n: A line of *jobs*.\n\nDead letter\n: A job that failed\n: too often\n\nx `y`\n:z",
      ["p Queue: A line of jobs.", "p Dead letter: A job that failed: too often", "p x y :z"]),
    OutlineSample(
      "tables", "| a | b |\n|---|:-:|\n| 1 \\| 2 | **c** |\n| | d |\n| e | |",
      ["t a | b\n1 | 2 | c\n | d\ne"]),
    OutlineSample(
      "code", "```swift\nlet a = 1\n\n  b\n```\n\n    indented\n\n~~~\n```\n~~~",
      ["c let a = 1\n\n  b", "c indented", "c ```"]),
    OutlineSample(
      "quotes", "> a *b*\n> c\n>\n> - d\n\n> [!WARNING]\n> Mind *it*.\n\n> # no heading",
      ["q a b c", "li - d", "q Warning: Mind it.", "q no heading"]),
    OutlineSample(
      "footnotes", "Text[^n] more[^1].\n\n[^1]: First.\n[^n]: Second\n    goes on.",
      ["p Text[1] more[2].", "p [1] Second goes on.", "p [2] First."]),
    OutlineSample(
      "formulas",
      "In $a_{1} * b_{2}*c$ and \\$5, $3 and $4.\n\n$$\n\\begin{x}\n- a_1 \\\\\n\\end{x}\n$$\n\n`$a_b$`",
      ["p In $a_{1} * b_{2}*c$ and $5, $3 and $4.", "p $$\n\\begin{x}\n- a_1 \\\\\n\\end{x}\n$$", "p $a_b$"]),
    OutlineSample(
      "HTML",
      "<details>\n<summary>More</summary>\n\n*Inside*\n\n</details>\n\n<!-- gone -->\n<a name=\"x\"></a>\n\nAfter<br>line\n\n"
        + "<table><tr><th>H<td>I</table>\n\n<h2 align=center>Big</h2>\n\n<script>\nno\n</script>\n\n<img src=a alt=\"Pic &amp; x\"> text",
      ["p More", "p Inside", "p After\nline #x", "t H | I", "h2 Big", "p Pic & x text"]),
    OutlineSample(
      "admonitions",
      ":::note[Read *this*]\nBody\n:::\n\n::: tip\nTip\n:::\n\n!!! warning \"Careful\"\n    Deep\n\n        code\n\nOut\n\n=== \"Tab\"\n\n    In tab\n\n```\n:::note\n```",
      [
        "p Read this", "p Body", "p Tip", "p Tip", "p Careful", "p Deep", "c code", "p Out", "p Tab",
        "p In tab", "c :::note",
      ]),
    OutlineSample(
      "places of mkdocstrings",
      "Before.\n\n::: package.module.Name\n    options:\n        filters:\n          - \"__init__\"\n\n    more: 1\n\nAfter.\n\n::: v1.2 is new\nText.",
      ["p Before.", "p After.", "p v1.2 is new", "p Text."]),
    OutlineSample(
      "imports of a site generator", "import A from '@x/A';\n\nimport B from \"b\"\n\nText import C from 'c'",
      ["p Text import C from 'c'"]),
    OutlineSample(
      "a rule that is no front matter", "---\nsome words\n---\n\ntext",
      ["h2 some words #some-words", "p text"]),
  ]

  @Test(arguments: samples)
  func `Markdown becomes readable blocks`(sample: OutlineSample) throws {
    let found = try outline(MarkdownParser(), sample.text)
    #expect(found == sample.outline, "\(found)")
  }

  @Test func `Nested items are indented outside their ranges`() throws {
    let document = try MarkdownParser().parse(Array("- a\n  - b\n    - c\n\nd".utf8))
    #expect(document.text == "- a\n  - b\n    - c\n\nd\n")
  }

  static let titles: [(String, String?)] = [
    ("---\ntitle: \"A \\\"b\\\" c\" # no\n---\n# H", "A \"b\" c"),
    ("---\ntitle: 'It''s'\n---\nx", "It's"),
    ("---\ntitle: Plain words # comment\n---\nx", "Plain words"),
    ("---\nlist:\n  - title: no\ntitle: >-\n  two\n  lines\n---\nx", "two lines"),
    ("+++\ntitle = \"Toml\"\n+++\nx", "Toml"),
    ("% On walking\n  far\n% A. Author\n\nx", "On walking far"),
    ("---\ntitle:\n---\n# Heading", "Heading"),
    ("## Two\n\n# *First* one\n\n# Second", "First one"),
    ("<h1 align=\"center\">Logo <b>name</b></h1>\n\ntext", "Logo name"),
    ("## Two", nil),
    ("", nil),
  ]

  @Test(arguments: titles)
  func `The title is that of the front matter or of the first heading`(text: String, title: String?) throws {
    #expect(try MarkdownParser().parse(Array(text.utf8)).title == title)
  }

  @Test func `Front matter adds its title and description where the text has no title`() throws {
    let matter = "---\ntitle: T\ndescription: What it is.\n---\n"
    #expect(try outline(MarkdownParser(), matter + "\ntext") == ["h1 T", "p What it is.", "p text"])
    #expect(try outline(MarkdownParser(), matter + "# Own") == ["p What it is.", "h1 Own #own"])
  }

  @Test func `MDX loses imports, exports, comments and component tags and keeps their text`() throws {
    let text = """
      import Tabs from '@theme/Tabs';
      import {
        A,

        B,
      } from 'x';

      export const meta = {
        a: 1,
      };

      # Title {/* #top */}

      Text with <Badge type="x">inline</Badge> and {/* a
      comment */} more `<Code>` and x < y.

      <Tabs groupId="os" values={[{label: 'a > b', value: 'x'}]}>
        <TabItem value="npm" label="npm">
          Indented text.

          ```bash
          npm install <Pkg>
          ```

          - a
            - b
        </TabItem>
      </Tabs>

      <Card title="Quick start" href="/q">
      Body.
      </Card>

      <div style={{color: 'red'}}>
        Styled **text**
      </div>

      <>fragment</>

      ```jsx
      import y from 'z';
      <Tabs/>
      ```
      """
    #expect(
      try outline(MarkdownParser(), text, name: "docs/Page.MDX") == [
        "h1 Title #top", "p Text with inline and more <Code> and x < y.", "p npm", "p Indented text.",
        "c npm install <Pkg>", "li - a", "li - b", "p Quick start", "p Body.", "p Styled text", "p fragment",
        "c import y from 'z';\n<Tabs/>",
      ])
  }

  @Test func `Texts parsed at the same time do not disturb each other`() async throws {
    let text = Array("~~gone~~ | *a*\n\n| x | y |\n|---|---|\n| ~~1~~ | 2 |".utf8)
    let expected = try MarkdownParser().parse(text)
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<200 { group.addTask { (try? MarkdownParser().parse(text)) == expected } }
      for await isSame in group { #expect(isSame) }
    }
  }
}
