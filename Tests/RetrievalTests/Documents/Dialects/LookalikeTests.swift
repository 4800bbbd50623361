import Testing

@testable import Retrieval

/// Text and code that look like the marks of a site and are none.
struct LookalikeTests {
  private static let lines = [
    OutlineSample(
      "comments of code", "/// Returns\n\n/// Adds one\n\n```\n///\n```",
      ["p /// Returns", "p /// Adds one", "c ///"]),
    OutlineSample(
      "a sign of percent alone", "A\n\n%%\n\nB\n\n```\n%%\n```", ["p A", "p %%", "p B", "c %%"]),
    OutlineSample(
      "words with emphasis",
      "!!! IMPORTANT: read this\n\n!!! Look at \"this\" now\n\n!!! Warning this breaks things\n\n!!! note inline end\n    A\n\n!!! pied-piper\n    B\n\n!!! примечание \"Слово\"\n    C",
      [
        "p !!! IMPORTANT: read this", "p !!! Look at \"this\" now", "p Warning this breaks things", "p Note",
        "p A",
        "p Pied-piper", "p B", "p Слово", "p C",
      ]),
    OutlineSample(
      "titles that speak of values", "::: warning Setting a=\"b\" is bad\nA\n:::",
      ["p Setting a=\"b\" is bad", "p A"]),
    OutlineSample(
      "lines that begin like places",
      "<<< see the notes. >>>\n\n@[who](a) and more (see there)\n\n---8<--- cut here ---8<---\n\n[!INCLUDE [a](b.md)] and more\n\n{!a. Some words!}\n\n{x=1}",
      [
        "p <<< see the notes. >>>", "p @who and more (see there)", "p ---8<--- cut here ---8<---",
        "p [!INCLUDE a] and more", "p {!a. Some words!}", "p {x=1}",
      ]),
    OutlineSample(
      "a table of contents in words", "- a\n\nLast words.\n{:toc}\n\n1. b\n{:toc}",
      ["li - a", "p Last words."]),
    OutlineSample(
      "formulas",
      "$(a){bc=1}$, $[[e]]$, $a ==b== c$ and $$x ++a++ y$$.\n\n$$\n{ab=c}\n%% d\n$$\n\n{.e}",
      ["p $(a){bc=1}$, $[[e]]$, $a ==b== c$ and $$x ++a++ y$$.", "p $$\n{ab=c}\n%% d\n$$"]),
    OutlineSample(
      "names in a shell", "**$HOME** and **$PATH**, $A:$B, [$C](u) and [$D](v), $E in `$F`, $a*b*c$.",
      ["p $HOME and $PATH, $A:$B, $C and $D, $E in $F, $a*b*c$."]),
  ]

  private static let words = [
    OutlineSample(
      "signs of percent", "In a format, %% prints one, and %%%% two.",
      ["p In a format, %% prints one, and %%%% two."]),
    OutlineSample("types of lists", "[][]byte and [][n]T", ["p [][]byte and [][n]T"]),
    OutlineSample("pluses", "C++11-C++ and i++j++", ["p C++11-C++ and i++j++"]),
    OutlineSample("carets", "A ^mask", ["p A ^mask"]),
    OutlineSample("names with a hash", "[[C#]], [[F# words]], [[#Part]]", ["p C#, F# words, Part"]),
    OutlineSample(
      "code over several lines", "A `b\n[[c]] ==d==\n/// e` ==h==\n\n`i\n\n==j==\n\n`k\n- ==l== `",
      ["p A b [[c]] ==d== /// e h", "p `i", "p j", "p `k", "li - l `"]),
    OutlineSample(
      "types and what is to be put in",
      "`a` Vec<String> or Map<K, V> or Option<Vec<u8>>: cp <source> <your-file>, <b>bold</b>, <x-y>z</x-y>, a<br>b<p>c",
      [
        "p a Vec<String> or Map<K, V> or Option<Vec<u8>>: cp <source> <your-file>, bold, z, a\nbc"
      ]),
    OutlineSample(
      "types in headings", "## Map<K> `V<A>` {x}\n\n## <id> of",
      ["h2 Map<K> V<A> {x} #map-va-x", "h2 <id> of #of"]),
    OutlineSample(
      "indented code",
      "**A** b\n\n    [[a]] $$(B) $$(C)\n\n# D\n    ==e== {{< kbd f >}}\n\n```\ng\n```\n    [[h]]",
      ["p A b", "c [[a]] $$(B) $$(C)", "h1 D #d", "c ==e== {{< kbd f >}}", "c g", "c [[h]]"]),
    OutlineSample(
      "values of Laravel", "```blade\n{!! $a->b(c.d) !!}\n{! e.md !}\n```", ["c {!! $a->b(c.d) !!}"]),
    OutlineSample(
      "code within definitions",
      "A\n: B\n\n  ```\n  c\n      d\n  ```\n\n  - e\n    - f",
      ["p A: B", "c c\n    d", "li - e", "li - f"]),
  ]

  private static let tags = [
    OutlineSample(
      "tags that begin and do not end", "Use {{< b and {{< c >}}.\n\nA {% d e\n\nf %} g.",
      ["p Use {{< b and .", "p A {% d e", "p f %} g."]),
    OutlineSample(
      "words of unknown tags", "{{< button \"Click here\" >}} {{< icon star >}}", ["p Click here"]),
    OutlineSample(
      "tags in code over several lines", "A `b\n{{< c >}}` d {{< e >}}", ["p A b {{< c >}} d"]),
    OutlineSample(
      "code of a tag with a fence further down",
      "{{< code >}}\na\n{{< /code >}}\n\n```\nb\n```\n\n{{< code >}}\n```\nc\n```\n{{< /code >}}",
      ["c a", "c b", "c c"]),
  ]

  private static let components = [
    OutlineSample(
      "sentences like modules",
      "<Tabs>\n</Tabs>\n\nimport your data into it\nand go.\n\nexport the file.\n\nexport const a = '(';\n\nimport {\n  B\n\nText.",
      ["p import your data into it and go.", "p export the file.", "p Text."]),
    OutlineSample(
      "types, names to put in and hosts",
      "<Tabs>\n</Tabs>\n\nPromise<Foo>, <API_KEY>, <www.a.org>, `<Foo\nbar>` and <Bar>baz</Bar>.",
      ["p Promise<Foo>, <API_KEY>, <www.a.org>, <Foo bar> and baz."]),
  ]

  @Test(arguments: lines + words + tags + components)
  func `what only looks like a mark of a site stays`(sample: OutlineSample) throws {
    let found = try outline(MarkdownParser(), sample.text, name: "a.md")
    #expect(found == sample.outline)
  }
}
