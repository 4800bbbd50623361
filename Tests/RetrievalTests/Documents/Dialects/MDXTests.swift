import Testing

@testable import Retrieval

struct MDXTests {
  private static let components = [
    OutlineSample(
      "tabs of Docusaurus",
      "<Tabs>\n  <TabItem value=\"npm\">\n\n  Text.\n\n  </TabItem>\n  <TabItem value=\"y\" label={'Yarn'}>\n  More.\n  </TabItem>\n</Tabs>",
      ["p npm", "p Text.", "p Yarn", "p More."]),
    OutlineSample(
      "boxes",
      "<Note>\nA\n</Note>\n\n<Warning>B</Warning>\n\n<Callout type=\"info\">\n  C\n</Callout>\n\n<Aside type=\"tip\" title=\"Mind\">D</Aside>\n\n<Admonition>\nE\n</Admonition>\n\n<Summary>F</Summary>",
      ["p Note", "p A", "p Warning: B", "p Info", "p C", "p Mind", "p D", "p Note", "p E", "p F"]),
    OutlineSample(
      "fields and cards",
      "<ParamField path=\"size\" type=\"int\" required>\n  How big.\n</ParamField>\n\n<Card title=\"A\" description=\"What A is\" href=\"/a\" />\n\n<Frame caption=\"A view\"><img src={a} alt=\"Pic\" title=\"b\" /></Frame>",
      ["p size (int, required)", "p How big.", "p A", "p What A is", "p A view", "p Pic"]),
    OutlineSample(
      "badges within a line",
      "## Name <Badge text=\"beta\" />\n\nText <Icon name=\"x\" /> <Term label=\"pod\"/>.",
      ["h2 Name beta #name-beta", "p Text pod."]),
    OutlineSample(
      "expressions",
      "A{' '}b {\"c\"} {name}.\n\n{items.map((x) => (\n  <li>{x}</li>\n))}\n\n<CodeBlock>{`let a = 1;\nlet b = {};`}</CodeBlock>\n\n{x ? 'it\\'s' : y",
      ["p A b c {name}.", "c let a = 1;\nlet b = {};", "p {x ? 'it's' : y"]),
  ]

  private static let unnamed = [
    OutlineSample(
      "imports further down", "# A\n\nText.\n\nimport B from './_b.md';\n\n<B />\n\n<Note>\nC\n</Note>",
      ["h1 A #a", "p Text.", "p Note", "p C"]),
    OutlineSample(
      "MDX in fences that hide it",
      "A\n\n```mdx-code-block\nimport X from './x.mdx';\n\n<Tab value=\"b\">B</Tab>\n```\n\n```js\nc\n```",
      ["p A", "p b", "p B", "c c"]),
    OutlineSample("components with titles", "<Tab title=\"One\">\n\nA\n\n</Tab>", ["p One", "p A"]),
    OutlineSample(
      "plain Markdown",
      "A `<Tab title=\"x\">` and Vec<T>.\n\n    <Tab title=\"x\">\n\nimport a from b\n\n{x.map((y) => z)}",
      [
        "p A <Tab title=\"x\"> and Vec<T>.", "c <Tab title=\"x\">", "p import a from b",
        "p {x.map((y) => z)}",
      ]),
    OutlineSample(
      "badges of VitePress", "## A <Badge type=\"tip\" text=\"1.9 &amp; up\" />", ["h2 A 1.9 & up #a-19--up"]),
  ]

  @Test(arguments: components)
  func `components of MDX show what their attributes say`(sample: OutlineSample) throws {
    let found = try outline(MarkdownParser(), sample.text, name: "a.mdx")
    #expect(found == sample.outline)
  }

  @Test(arguments: unnamed)
  func `MDX is known by imports and by titles of components`(sample: OutlineSample) throws {
    let found = try outline(MarkdownParser(), sample.text, name: "a.md")
    #expect(found == sample.outline)
  }
}
