import Testing

@testable import Retrieval

struct MySTTests {
  private static let samples = [
    OutlineSample(
      "roles", "See {func}`open`, {class}`~io.Raw`, {ref}`the list <names>` and {kbd}`Ctrl`; {a} `b`.",
      ["p See open(), Raw, the list and Ctrl; {a} b."]),
    OutlineSample(
      "targets", "(here)=\n# Head\n\n(there)=\n\nText (a)= b.", ["h1 Head #head", "p Text (a)= b. #there"]),
    OutlineSample("targets right above a text", "(there)=\nText.", ["p Text. #there"]),
    OutlineSample(
      "code with options", "```{code-block} python\n:caption: a.py\n:linenos:\n\nx = 1\n```",
      ["p a.py", "c x = 1"]),
    OutlineSample(
      "options of YAML", "```{code-cell} ipython3\n---\ntags: [hide]\n---\nx = 1\n```", ["c x = 1"]),
    OutlineSample(
      "notes", "```{note} First\nand `more`.\n```\n\n```{warning}\n- a\n- b\n```",
      ["p Note: First and more.", "p Warning:", "li - a", "li - b"]),
    OutlineSample(
      "versions", "```{versionadded} 2.0\n```\n\n```{versionchanged} 3.1\nIt is *round*.\n```",
      ["p Added in version 2.0", "p Changed in version 3.1: It is round."]),
    OutlineSample("titles", "```{admonition} Mind\n:class: tip\nText.\n```", ["p Mind", "p Text."]),
    OutlineSample(
      "reStructuredText",
      "```{eval-rst}\n.. click:example::\n\n    run()\n\n:func:`a` is *b*.\n```\n\nAfter.",
      ["c run()", "p a() is b.", "p After."]),
    OutlineSample("what is no text", "```{toctree}\na\nb\n```\n\nText.", ["p Text."]),
    OutlineSample(
      "directives within each other", "````{note}\nA.\n\n```{tip}\nB.\n```\n````",
      ["p Note: A.", "p Tip: B."]),
    OutlineSample(
      "fences of colons", ":::{note}\nA.\n:::\n\n:::{admonition} Mind\nB.\n:::",
      ["p Note", "p A.", "p Mind", "p B."]),
    OutlineSample(
      "code of R Markdown", "```{r, echo=FALSE}\nx <- 1\n```\n\n```{python}\ny = 2\n```",
      ["c x <- 1", "c y = 2"]),
  ]

  @Test(arguments: samples)
  func `directives, roles and targets of MyST are read as what they show`(sample: OutlineSample) throws {
    let found = try outline(MarkdownParser(), sample.text, name: "a.md")
    #expect(found == sample.outline)
  }

  @Test func `directives that lie deep within each other are code`() throws {
    var text = "Deep."
    for depth in 0..<40 {
      let fence = String(repeating: "`", count: depth + 3)
      text = "\(fence){note}\n\(text)\n\(fence)"
    }
    let found = try outline(MarkdownParser(), text, name: "a.md")
    #expect(found.count == MarkdownWriter.deepestDirective + 1 && found.last?.hasPrefix("c ```") == true)
  }
}
