import Testing

@testable import Retrieval

struct SiteMarkupTests {
  private static let lines = [
    OutlineSample(
      "blocks of pymdownx",
      "/// note | Mind *it*\n    type: x\n\nA\n\n//// tab | One\nB\n////\n///\n\n/// warning\nC\n///\n\n/// html | div.x\nD\n///\n\n///\n\n/// no block: this",
      ["p Mind it", "p A", "p One", "p B", "p Warning", "p C", "p D", "p ///", "p /// no block: this"]),
    OutlineSample(
      "places of other texts",
      "[TOC]\n\nA\n\n[[_TOC_]]\n\n--8<-- \"a.md\"\n\n<<< @/a.js{2}\n\n@[code](a.js)\n\n{{#include a.md}}\n\n{* a/b.py hl[1] *}\n\n{!a.md!}\n\n[!INCLUDE [a](b.md)]\n\n[toc] is said",
      ["p A", "p [toc] is said"]),
    OutlineSample(
      "callouts",
      "> [!tip]- A *title*\n> Text\n\n> [!note]\n> Text\n\n> [!my-kind]\n> Text\n\n> [!div class=\"x\"]\n> Text\n\n> [!note](a.md)",
      ["q A title", "q Text", "q Note: Text", "q My-kind: Text", "q Text", "q !note"]),
    OutlineSample(
      "comments of Obsidian", "A\n\n%% no %%\n\n%%\nnot\n\nseen\n%%\n\nUse %%time and %%bash.\n\n%%\n\nB",
      ["p A", "p Use %%time and %%bash.", "p %%", "p B"]),
    OutlineSample(
      "attributes on lines of their own",
      "# A\n{: #z .c}\n\n## B {: .no_toc }\n\n### C {.d #e}\n\n#### {x}\n\n1. TOC\n{:toc}\n\nText\n{: .note}\n\nNew {: .label }\n\n{: .warning }\nMind.\n\n{::nomarkdown}\n\n{.not a list}",
      [
        "h1 A #z", "h2 B #b", "h3 C #e", "h4 {x} #x", "p Text", "p New", "p Warning", "p Mind.",
        "p {.not a list}",
      ]),
    OutlineSample(
      "headings of mkdocstrings", "# ::: package.Name\n\nText", ["h1 package.Name #packagename", "p Text"]),
    OutlineSample(
      "containers of Pandoc, Quarto and others",
      "::: {.callout-note title=\"Mind\"}\nA\n:::\n\n::: {.callout-tip}\nB\n:::\n\n:::: {.columns}\n::: {.column width=\"40%\"}\nC\n:::\n::::\n\n:::image src=\"a.png\" alt-text=\"A view\":::\n\n:::zone pivot=\"x\"\n\n:::note{title=\"D\"}\nE\n:::",
      ["p Mind", "p A", "p Tip", "p B", "p C", "p A view", "p D", "p E"]),
    OutlineSample(
      "terms of Pandoc",
      "Term one\n\n:   Definition *one*.\n\n    More of it.\n\n    ```\n    a\n      b\n    ```\n\nTerm two\n:   Two.\n\n    And more.\n\nText.\n\n    code\n\n:no term",
      [
        "p Term one", "p Definition one.", "p More of it.", "c a\n  b", "p Term two: Two.", "p And more.",
        "p Text.", "c code", "p :no term",
      ]),
    OutlineSample(
      "titles of Pandoc", "% On walking\n  far\n% A. Author\n\n# One {-}\n\nTable: Sizes. {#tbl:a}",
      ["h1 One #one", "p Table: Sizes."]),
    OutlineSample(
      "terms within definitions", "A\n\n:   B\n\n    C\n\n    :   D\n\n        E\n\n    F\n\nG",
      ["p A", "p B", "p C", "p D", "p E", "p F", "p G"]),
    OutlineSample("signs of percent", "% a\nText", ["p % a Text"]),
    OutlineSample(
      "Docsify", "!> **Mind** it\n\n?> Hint\n\n## Title :id=name", ["p Mind it", "p Hint", "h2 Title #name"]),
    OutlineSample(
      "tabs of Microsoft's pages", "# Page\n\n# [Linux](#tab/a)\n\nA\n\n> [!VIDEO https://a.b/c]",
      ["h1 Page #page", "p Linux", "p A"]),
    OutlineSample(
      "HTML with Markdown in it", "<div class=\"grid\" markdown>\n- *a*\n</div>\n\n<div>\n*b*\n</div>",
      ["li - a", "p *b*"]),
    OutlineSample(
      "tabs with a sign", "===! \"One\"\n\n    A\n\n===+ \"Two\"\n\n    B", ["p One", "p A", "p Two", "p B"]),
  ]

  private static let marks = [
    OutlineSample(
      "links of wikis",
      "See [[Page]], [[Page|the *alias*]], [[Page#Part]], [[Page#^ab12|b]] [[2024-02-03]] and ![[picture.png]].\n\n| a | b |\n|---|---|\n| [[Page\\|c]] | d |",
      ["p See Page, the alias, Page > Part, b 2024-02-03 and .", "t a | b\nc | d"]),
    OutlineSample(
      "brackets that are none of wikis",
      "[[1]](u) [[ -f x ]] [[1, 2]] [[1], [2]] `[[a]]` \\[[b]] c[[d]] e[f][g.h]",
      ["p [1] [[ -f x ]] [[1, 2]] [[1], [2]] [[a]] [[b]] c[[d]] e[f][g.h]"]),
    OutlineSample(
      "attributes",
      "[A](b){ .button #c } `d`{.haskell} *e*{: .f} ![g](h.png){width=50%} [i]{.underline} `<b>`{=html}.",
      ["p A d e g i <b>."]),
    OutlineSample(
      "braces that are no attributes", "f(x){ return } {.a} `b`{c} $x_{i=1}$ {:?} a){b} {0}",
      ["p f(x){ return } {.a} b{c} $x_{i=1}$ {:?} a){b} {0}"]),
    OutlineSample(
      "keys", "Press ++ctrl+alt+del++ or ++\"X\"++; C++ and i++ and ++i stay.",
      ["p Press Ctrl+Alt+Del or X; C++ and i++ and ++i stay."]),
    OutlineSample(
      "icons and highlights",
      ":material-check:{ .lg } Done ==and marked==, a == b, x==y==z :smile: :material:",
      ["p Done and marked, a == b, x==y==z :smile: :material:"]),
    OutlineSample(
      "notes within the text", "Text^[a note of *words*] and ^[a-z]+ and 2^[n] end ^ab12cd",
      ["p Text [a note of words] and ^[a-z]+ and 2^[n] end"]),
    OutlineSample(
      "references to code",
      "[`A`][pkg.mod.A], [pkg.b][] and [c][d]. [:octicons-x:][e]{: .f }![][d]\n\n[d]: u",
      ["p A, pkg.b and c."]),
  ]

  private static let code = [
    OutlineSample(
      "hidden lines in Rust",
      "```rust,ignore\n# fn main() {\n#[derive(A)]\nlet a = 1;\n#\n## b\n# }\n```\n\n```sh\n# root\n```",
      ["c #[derive(A)]\nlet a = 1;\n# b", "c # root"]),
    OutlineSample(
      "files put in",
      "```rust\n{{#rustdoc_include a.rs:2}}\n```\n\n```\n\\{{#include a}}\n{{#each b}}\n```\n\n```py\n{* a/b.py *}\n{!a/b.py!}\nx\n```",
      ["c {{#include a}}\n{{#each b}}", "c x"]),
    OutlineSample(
      "options of cells",
      "```{python}\n#| echo: false\n#| label: a\nx = 1\n#| y\n```\n\n```python\n#| z\n```",
      ["c x = 1\n#| y", "c #| z"]),
    OutlineSample(
      "captions",
      "```js title=\"src/a.js\" {1}\na\n```\n\n``` {.py filename='b.py'}\nb\n```\n\n```ts{4} [c.ts]\nc\n```\n\n```py d.py [expandable]\nd\n```\n\n```js [expandable]\ne\n```\n\n```rust,ignore (why)\nf\n```",
      ["p src/a.js", "c a", "p b.py", "c b", "p c.ts", "c c", "p d.py", "c d", "c e", "c f"]),
    OutlineSample(
      "code stays as it is",
      "```\n[[a]] ==b== ++c++ {: .d}\n[TOC]\n/// e | f\n```\n\n    [[g]]\n    {: .h}\n\n- i\n\n    [[j]]",
      ["c [[a]] ==b== ++c++ {: .d}\n[TOC]\n/// e | f", "c [[g]]\n{: .h}", "li - i", "p j"]),
  ]

  @Test(arguments: [
    "--8<-- \"LICENSE.md\"\n", "{!../a.md!}", "---\na: b\n---\n{% include a.md %}",
    "import A from './a.md';\n\n<A />",
  ])
  func `a page that only puts another file in leads to that`(text: String) throws {
    let error = try #require(throws: DocumentError.self) {
      try MarkdownParser().parse(Array(text.utf8), name: "a.md")
    }
    #expect(error.code == .redirect)
  }

  @Test(arguments: lines + marks + code)
  func `what site generators and wikis add to Markdown is read as what they show`(sample: OutlineSample)
    throws
  {
    let found = try outline(MarkdownParser(), sample.text, name: "a.md")
    #expect(found == sample.outline)
  }
}
