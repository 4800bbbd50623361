import Retrieval
import Testing

struct HTMLParserTests {
  typealias Sample = OutlineSample

  static let samples = [
    Sample(
      "white space",
      "<p>  one\n\t two&nbsp; three <b> four</b>\n five <i>six </i> seven</p><div>a<span>b</span>c</div>",
      ["p one two three four five six seven", "p abc"]),
    Sample("line breaks", "<p>a<br>b<br/> c</p><h2>x<br>y</h2>", ["p a\nb\nc", "h2 x y"]),
    Sample(
      "headings and their anchors",
      "<h1 id=a>A<a class=headerlink href='#a'>¶</a></h1><section id=s><h2><a href='#s'>#</a>S</h2></section>"
        + "<h3><a name=n></a>N</h3><h4><a href='#x'>Linked title</a></h4><h5></h5>",
      ["h1 A #a", "h2 S #s", "h3 N #n", "h4 Linked title"]),
    Sample(
      "headings named by their permalinks",
      "<div id=page><h2>DNS<span><a class=mark href='#dns' id=dns>#</a></span></h2><h3>B <a href='#b'>¶</a></h3></div>",
      ["h2 DNS #dns", "h3 B #b"]),
    Sample(
      "variants of an example",
      "<pre><code>import a</code><code>require(a)</code></pre><pre>a <code>b</code> c</pre>",
      ["c import a\nrequire(a)", "c a b c"]),
    Sample(
      "nested lists",
      "<ul><li>a<ul><li>b</li></ul></li><li><p>c</p><p>d</p></li></ul><ol start=3><li>e<li value=7>f<li><pre>g</pre></ol>",
      ["li - a", "li - b", "li - c", "p d", "li 3. e", "li 7. f", "c g"]),
    Sample(
      "tables",
      "<table id=t><caption>Cap</caption><thead><tr><th>A<th colspan=2>B</thead><tr><td rowspan=2>x<td>1<td>2<tr><td>3<td>"
        + "<p>4</p><p>5</p></table>",
      ["p Cap #t", "t A | B\nx | 1 | 2\nx | 3 | 4 5"]),
    Sample(
      "exponents in tables",
      "<table><tr><th>Unit<th>Bytes<tr><td>1 MB<td>1024<sup>2</sup><tr><td>2<sup>nd</sup><td>8<sup><a href='#n'>1</a></sup></table>",
      ["t Unit | Bytes\n1 MB | 1024^2\n2nd | 8[1]"]),
    Sample(
      "layout tables", "<table><tr><td><h2>T</h2><p>a</p><td><table><tr><td>1<td>2</table></table>",
      ["h2 T", "p a", "t 1 | 2"]),
    Sample(
      "code with spans",
      "<pre><code class=language-py><span>def</span> f():\n    <span>return</span> 1\n\n</code></pre>",
      ["c def f():\n    return 1"]),
    Sample(
      "Docusaurus code",
      "<div class=codeBlock><pre><code><span class=token-line>a<br></span><span class=token-line>  b<br></span></code></pre>"
        + "<button>Copy</button></div>", ["c a\n  b"]),
    Sample(
      "code in lines that are blocks",
      "<pre><div class=line>a</div><div class=line></div><div class=line><div>b</div></div></pre>",
      ["c a\n\nb"]),
    Sample(
      "Sphinx code with a table of line numbers",
      "<table class=highlighttable><tr><td class=linenos><pre>1\n2</pre></td><td class=code><div><pre>x\ny</pre></div></td></tr></table>",
      ["c x\ny"]),
    Sample(
      "Rouge code with a table of line numbers",
      "<table class=rouge-table><tbody><tr><td class='gutter gl'><pre class=lineno>1\n2\n</pre></td><td class=code><pre>x\n</pre></td></tr></table>",
      ["c x"]),
    Sample(
      "inline line numbers", "<pre><span class=linenos>1</span>a\n<span class=linenos>2</span>b</pre>",
      ["c a\nb"]),
    Sample(
      "definition lists",
      "<dl><dt id=f>f(x)<dt>g(x)<dd><p>Does.</p><p>More.</p><dt>alone</dl><dl><dt>t<dd><ul><li>i</ul></dl>",
      ["p f(x)\ng(x)\nDoes. #f", "p More.", "p alone", "p t", "li - i"]),
    Sample(
      "definitions of Texinfo, whose category may be empty",
      "<dl><dt><span class=category>: </span><strong>f</strong> (<var>x</var>)</dt><dd>Does.</dd></dl>",
      ["p f (x)\nDoes."]),
    Sample(
      "notes of DocBook and Sphinx, whose titles head nothing that follows",
      "<h2>Port</h2><div class=note id=n><h3 class=title>Note</h3><p>Mind <b>this</b>.</p><p>More.</p></div><p>After.</p>"
        + "<div class='admonition warning'><p class=admonition-title>Warning</p><ul><li>a</ul></div>"
        + "<div class=tip><h3 class=title>Is it on?</h3><pre>x</pre></div><div class=important><p>Untitled.</p></div>",
      [
        "h2 Port", "p Note: Mind this. #n", "p More.", "p After.", "p Warning", "li - a", "p Is it on?",
        "c x",
        "p Untitled.",
      ]),
    Sample(
      "notes that are laid out as a table",
      "<dl><dt>-f<dd><div class=admonitionblock><table><tr><td class=icon><div class=title>Note</div></td><td class=content>"
        + "This rewrites history.</td></tr></table></div></dl><div class=note><table><tr><td><img alt='[Tip]'></td>"
        + "<th>Tip</th></tr><tr><td><p>Try it.</p></td></tr></table></div><div class=note><table><tr><th>a</th><td>1</td></tr></table></div>",
      ["p -f\nNote: This rewrites history.", "p Tip: Try it.", "t a | 1"]),
    Sample(
      "parts of a page that are called notes",
      "<div class=note><h3>Upgrading</h3><p>a</p><h3>Removing</h3><p>b</p></div><div class=note><p>Text.</p><h4>Own</h4></div>",
      ["h3 Upgrading", "p a", "h3 Removing", "p b", "p Text.", "h4 Own"]),
    Sample(
      "figures, quotes and formulas",
      "<figure><img src=a alt='Alt text'><figcaption>Caption</figcaption></figure><blockquote><p>said</p></blockquote>"
        + "<p>E <math><semantics><mi>E</mi><annotation encoding='application/x-tex'>E=m</annotation></semantics></math></p>"
        + "<p>10<sup>6</sup> 1<sup>st</sup> x<sup>n</sup> note<sup><a href='#fn1'>2</a></sup> H<sub>2</sub>O</p>",
      ["p Alt text", "p Caption", "q said", "p E $E=m$", "p 10^6 1st x^n note[2] H2O"]),
    Sample("entities", "<p>&lt;&amp;&eacute;&#8212;&#x1F388;&nosuch;&#0;", ["p <&é—🎈&nosuch;"]),
    Sample(
      "task lists", "<ul><li><input type=checkbox checked> a<li><input type=checkbox> b</ul>",
      ["li - [x] a", "li - [ ] b"]),
    Sample(
      "what is not shown",
      "<p>a<script>x()</script><style>y</style><noscript>n</noscript></p><template>t</template><svg><title>s</title></svg>"
        + "<p hidden>h</p><p aria-hidden=true>i</p><p style='display: none'>j</p><div role=tabpanel hidden>tab</div>",
      ["p a", "p tab"]),
    Sample(
      "blocks within inline elements", "<a href=x><div>a</div><b><p>b</p>c</b></a>", ["p a", "p b", "p c"]),
    Sample("soft hyphens and zero-width spaces", "<p>soft\u{AD}hy\u{200B}phen</p>", ["p softhyphen"]),
    Sample("a page that is only a fragment of text", "just words & more", ["p just words & more"]),
  ]

  @Test(arguments: samples)
  func `Pages become blocks as they are shown`(sample: Sample) throws {
    let found = try outline(HTMLParser(), sample.text)
    #expect(found == sample.outline, "\(found)")
    #expect(try outline(HTMLParser(scope: .wholePage), sample.text) == sample.outline)
  }

  static let titles: [(String, String?)] = [
    ("<meta property=og:title content=' Open  Graph '><title>T</title><h1>H</h1>", "Open Graph"),
    ("<svg><title>Icon</title></svg><title>\n The &amp; title </title><h1>H</h1>", "The & title"),
    ("<title> </title><h1>The <b>heading</b><a class=headerlink href='#'>¶</a></h1>", "The heading"),
    (
      "<title>venv — Environments — Python 3</title><h1>venv — Environments<a href='#'>¶</a></h1>",
      "venv — Environments"
    ),
    ("<meta property=og:title content='Install | Handbook'><h1>Install</h1>", "Install"),
    ("<title>Handbook | Install</title><h1><a href=/>Handbook</a></h1>", "Handbook | Install"),
    ("<title>Installing | Handbook</title><h1>Install</h1>", "Installing | Handbook"),
    ("<title>Install it now</title><h1>Install</h1>", "Install it now"),
    ("<h1><a href=/post>The post</a></h1>", "The post"),
    ("<p>text", nil), ("", nil),
  ]

  @Test(arguments: titles)
  func `The title comes from the head or the first heading`(page: String, title: String?) throws {
    #expect(try HTMLParser().parse(Array(page.utf8)).title == title)
  }

  static let charsets: [(String, [UInt8])] = [
    ("<meta charset=\"iso-8859-2\"><p>", [0xB3]),
    ("<META http-equiv=Content-Type content='text/html; charset=ISO-8859-2'><p>", [0xB3]),
    ("<?xml version=\"1.0\" encoding='iso-8859-2'?><html><body><p>", [0xB3]),
    ("<meta charset=utf-8><p>", [0xC5, 0x82]),
    ("<p>", [0xC5, 0x82]),
  ]

  @Test(arguments: charsets)
  func `The charset that a page declares is used`(head: String, word: [UInt8]) throws {
    #expect(try HTMLParser().parse(Array(head.utf8) + word).outline == ["p ł"])
  }

  @Test func `The transport's charset wins over the page's`() throws {
    var builder = DocumentBuilder()
    let page = Array("<meta charset=iso-8859-1><title>T</title><p>".utf8) + [0xB3]
    let title = try HTMLParser().append(page, into: &builder, declaredCharset: "iso-8859-2")
    #expect(title == "T")
    #expect(builder.build().outline == ["p ł"])
  }

  @Test func `Page breaks of a book number its pages`() throws {
    let chapter = """
      <html xmlns:epub="http://www.idpf.org/2007/ops"><body><span epub:type="pagebreak" id="p7" title="7"/>
      <h1>C</h1><p>ends here <span role="doc-pagebreak" aria-label="8"></span>on the next</p><p>eight</p>
      <p>note<a epub:type="noteref" href="#n1">1</a></p><aside epub:type="footnote" id="n1"><p>The note.</p></aside>
      <nav><p>kept</p></nav></body></html>
      """
    var builder = DocumentBuilder()
    try HTMLParser(scope: .wholePage).append(Array(chapter.utf8), into: &builder)
    let document = builder.build()
    #expect(
      document.outline == [
        "h1 C #p7", "p ends here on the next", "p eight", "p note[1]", "p The note. #n1", "p kept",
      ])
    #expect(document.blocks.map(\.page) == [7, 7, 8, 8, 8, 8])
  }

  @Test func `Nothing outside the page is read`() throws {
    let page = """
      <!DOCTYPE html [<!ENTITY a "bomb"><!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY b "&a;&a;&a;">]>
      <p>&a;&b;&x;|</p>
      """
    let text = try HTMLParser().parse(Array(page.utf8)).text
    #expect(!text.contains("bomb|") && !text.contains("root:"))
  }
}
