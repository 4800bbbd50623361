import Testing

@testable import Retrieval

struct TemplateTests {
  private static let shortcodes = [
    OutlineSample(
      "notes of Hugo",
      "{{% note %}}\nMind *it*.\n\n- one\n{{% /note %}}\n\n{{< warning \"Hot\" >}}Do not touch.{{</ warning >}}\n\nAfter.",
      ["p Note: Mind it.", "li - one", "p Hot", "p Do not touch.", "p After."]),
    OutlineSample(
      "a note that says so itself", "{{% note %}}\n**Note:** Mind.\n{{% /note %}}", ["p Note: Mind."]),
    OutlineSample(
      "boxes whose kind is an argument",
      "{{< hint warning >}}\nA\n{{< /hint >}}\n\n{{% notice tip \"Fast\" %}}\nB\n{{% /notice %}}\n\n{{< callout type=\"info\" >}}\n- C\n{{< /callout >}}\n\n{{< alert title=\"Mind\" color=\"danger\" >}}\nD\n{{< /alert >}}",
      ["p Warning: A", "p Fast", "p B", "p Info:", "li - C", "p Mind", "p D"]),
    OutlineSample(
      "tabs and folds",
      "{{< tabs >}}\n{{% tab name=\"Linux\" %}}\nRun `a`.\n{{% /tab %}}\n{{% tab \"Mac\" %}}\nRun `b`.\n{{% /tab %}}\n{{< /tabs >}}\n\n{{% expand \"More\" %}}Deep.{{% /expand %}}",
      ["p Linux", "p Run a.", "p Mac", "p Run b.", "p More", "p Deep."]),
    OutlineSample(
      "code",
      "{{< highlight go \"linenos=table\" >}}\nx := 1\n\n  *y* = 2\n{{< / highlight >}}\n\n{{< code file=\"a_b_c.html\" >}}\n{{ .Title }}\n{{< /code >}}",
      ["c x := 1\n\n  *y* = 2", "p a_b_c.html", "c {{ .Title }}"]),
    OutlineSample(
      "code in tabs",
      "## {{% heading \"next\" %}}\n\n1. A\n\n   {{< tab name=\"ARM\" codelang=\"bash\" >}}\n   ls *a* *b*\n   {{< /tab >}}\n2. B",
      ["h2 next #next", "li 1. A", "p ARM", "c ls *a* *b*", "li 2. B"]),
    OutlineSample(
      "code that nothing closes, and code with a fence of its own",
      "{{< code >}}\na\n\n{% code title=\"b.py\" %}\n```python\nb\n```\n{% endcode %}",
      ["p a", "p b.py", "c b"]),
    OutlineSample(
      "addresses",
      "See [the page]({{< ref \"page.md\" >}}#x), [there]({{% relref \"/a\" %}}) and [ref].\n\n[ref]: {{< relref \"b\" >}}",
      ["p See the page, there and ref."]),
    OutlineSample(
      "words in the place of a tag",
      "A {{< glossary text=\"pod\" id=\"x\" >}} of {{< kbd Ctrl >}}. {{< new-in \"1.2\" >}}\n\n{{< figure src=\"a.png\" caption=\"A \\\"b\\\" c\" >}}\n\n{{< youtube abc >}}\n\nText{{< icon star >}}.",
      ["p A pod of Ctrl. New in 1.2", "p A \"b\" c", "p Text."]),
    OutlineSample(
      "comments", "A\n\n{{% comment %}}\nnot seen\n{{% /comment %}}\n\nB", ["p A", "p B"]),
    OutlineSample(
      "code is left as it is",
      "`{{< ref \"a\" >}}` and `{{ x }}`\n\n```\n{{% note %}}\n{% if a %}\n```",
      ["p {{< ref \"a\" >}} and {{ x }}", "c {{% note %}}\n{% if a %}"]),
    OutlineSample(
      "tags that are not closed", "A {{< b and {% c and {{ d", ["p A {{< b and {% c and {{ d"]),
  ]

  private static let liquid = [
    OutlineSample(
      "code of Jekyll",
      "{% highlight ruby %}\ndef a\nend\n{% endhighlight %}\n\n- item\n\n  {% highlight sh %}\n  ls\n  {% endhighlight %}",
      ["c def a\nend", "li - item", "c ls"]),
    OutlineSample(
      "what is shown raw",
      "{% raw %}\n```liquid\n{{ page.title }}\n```\n{% endraw %}\n\n`{% raw %}{% if a %}{% endraw %}` {% raw %}{{ page.a }}{% endraw %} {{ page.b }}\n\n```\n{% raw %}\n{{ b }}\n{% endraw %}\n```",
      ["c {{ page.title }}", "p {% if a %} {{ page.a }}", "c {{ b }}"]),
    OutlineSample(
      "conditions and loops",
      "{% if site.a %}\nShown.\n{% endif %}\n{%- for x in site.data.y -%}\n* {{ x.name }} is here\n{%- endfor -%}\n\nUse {{ x.name }}.",
      ["p Shown.", "li - is here", "p Use {{ x.name }}."]),
    OutlineSample(
      "variables",
      "[A]({{ site.url }}/a) on {{ site.title }}b {{ \"/x\" | relative_url }}c\n\n{% include toc.html %}\n\n{% link a.md %}",
      ["p A on b c"]),
    OutlineSample(
      "partial templates that say something",
      "{% include note.html content=\"Mind *it*.\" %}\n\n{% include image.html file=\"a.png\" caption=\"A view\" %}",
      ["p Note: Mind it.", "p A view"]),
    OutlineSample(
      "comments", "A {% comment %} b {% endcomment %}c", ["p A c"]),
    OutlineSample(
      "shortcodes that code shows", "```\n{{</* ref \"a\" */>}} {{%/* note */%}}\n```",
      ["c {{< ref \"a\" >}} {{% note %}}"]),
    OutlineSample("shortcodes that words show", "Use {{%/* a */%}} or {{< b >}}.", ["p Use {{% a %}} or ."]),
  ]

  private static let withoutFrontMatter = [
    OutlineSample(
      "boxes and tabs of GitBook",
      "{% hint style=\"info\" %}\nMind.\n{% endhint %}\n\n{% tabs %}\n{% tab title=\"Python\" %}\n```python\na\n```\n{% endtab %}\n{% endtabs %}\n\n{% content-ref url=\"b.md\" %}\n[B](b.md)\n{% endcontent-ref %}",
      ["p Info: Mind.", "p Python", "c a", "p B"]),
    OutlineSample(
      "methods and extensions of GitBook",
      "{% swagger method=\"get\" summary=\"Get a user\" %}\n{% swagger-parameter name=\"id\" type=\"Integer\" %}\nIts number.\n{% endswagger-parameter %}\n{% endswagger %}\n\n{% @a/b url=\"c\" %}",
      ["p Get a user", "p id (Integer)", "p Its number."]),
    OutlineSample(
      "macros on a line of their own",
      "A\n\n{{ code_example('a.py', x=1) }}\n\nB {{ name() }} {{ c }}\n\n{{ d }}",
      ["p A", "p B {{ name() }} {{ c }}", "p {{ d }}"]),
    OutlineSample(
      "words about a template language", "The tag {% if x %} begins and {{ site.title }} shows. {% raw %}",
      ["p The tag {% if x %} begins and {{ site.title }} shows. {% raw %}"]),
    OutlineSample(
      "code with escapes", "```\n{% raw %}\n{{</* a */>}}\n{% endraw %}\n```",
      ["c {% raw %}\n{{</* a */>}}\n{% endraw %}"]),
  ]

  @Test(arguments: shortcodes + withoutFrontMatter)
  func `tags of templates are read as what they show`(sample: OutlineSample) throws {
    let found = try outline(MarkdownParser(), sample.text, name: "a.md")
    #expect(found == sample.outline)
  }

  @Test(arguments: liquid)
  func `a page with front matter went through its generator's templates`(sample: OutlineSample) throws {
    let found = try outline(MarkdownParser(), "---\nlayout: a\n---\n" + sample.text, name: "a.md")
    #expect(found == sample.outline)
  }
}
