import Models
import TestSupport
import Testing

@testable import RAGServer

/// The renderer of answers, in a page of the server.
@Suite(.serialized, .needsBrowser, .browser) struct MarkdownTests {
  private func render(_ cases: [(String, String)]) async throws -> [String] {
    let browser = try BrowserScope.browser
    var results: [String] = []
    try await withRAGServer { server in
      try await browser.open("http://127.0.0.1:\(server.port)/")
      for (text, _) in cases {
        let html = try await browser.run(
          """
          return import('/pages/parts/markdown.js').then(({ markdown }) => {
            const node = document.createElement('div');
            const cite = (number) => number < 3 ? Object.assign(document.createElement('sup'), {textContent: number}) : null;
            node.append(markdown(arguments[0], { cite }));
            return node.innerHTML.replaceAll(' dir="auto"', '').replaceAll('\\u2060', '');
          })
          """, [.string(text)])
        results.append(html.string ?? "")
      }
      #expect(try await browser.messages() == [])
      try await browser.go("about:blank")
    }
    return results
  }

  @Test func `Markdown becomes what it says, and everything else stays text`() async throws {
    let link = "target=\"_blank\" rel=\"noopener noreferrer nofollow\""
    let cases: [(String, String)] = [
      ("one\ntwo\n\nthree", "<p>one\ntwo</p><p>three</p>"),
      ("# Big\n\n### Small", "<h3>Big</h3><h5>Small</h5>"),
      ("### Only", "<h3>Only</h3>"),
      (
        "a **b** *c* _d_ `e*f*` ~~g~~",
        "<p>a <strong>b</strong> <em>c</em> <em>d</em> <code>e*f*</code> <del>g</del></p>"
      ),
      ("snake_case_name 2 * 3 * 4", "<p>snake_case_name 2 * 3 * 4</p>"),
      ("\\*not\\* <b>bold</b> &amp;", "<p>*not* &lt;b&gt;bold&lt;/b&gt; &amp;amp;</p>"),
      (
        "So it is. [1] And so. [1, 2] [7]", "<p>So it is.<sup>1</sup> And so.<sup>1</sup><sup>2</sup> [7]</p>"
      ),
      ("[a](https://e.org/x?y=1#z)", "<p><a href=\"https://e.org/x?y=1#z\" \(link)>a</a></p>"),
      ("[a](javascript:alert(1)) [b](data:text/html,x) [c](//e.org)", "<p>a b c</p>"),
      ("![pixel](https://e.org/p.png)", "<p><a href=\"https://e.org/p.png\" \(link)>pixel</a></p>"),
      ("see https://e.org/a.", "<p>see <a href=\"https://e.org/a\" \(link)>https://e.org/a</a>.</p>"),
      ("<img src=x onerror=alert(1)>", "<p>&lt;img src=x onerror=alert(1)&gt;</p>"),
      (
        "- a\n- b\n  - c\n\n1. d\n2. e",
        "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul><ol><li>d</li><li>e</li></ol>"
      ),
      ("3. c\n4. d", "<ol start=\"3\"><li>c</li><li>d</li></ol>"),
      ("> quoted\n> more", "<blockquote><p>quoted\nmore</p></blockquote>"),
      ("a\n\n---\n\nb", "<p>a</p><hr><p>b</p>"),
      ("```swift\nlet a = [1]\n```", "<pre tabindex=\"0\"><code>let a = [1]</code></pre>"),
      ("```\nnot closed", "<pre tabindex=\"0\"><code>not closed</code></pre>"),
    ]
    for ((text, expected), found) in zip(cases, try await render(cases)) {
      #expect(found == expected, "\(text)")
    }
  }

  @Test func `a table keeps its columns, and no text takes long`() async throws {
    let table = "| A | B |\n| --- | ---: |\n| x \\| y | 2 |\n| only |"
    let hostile = [
      String(repeating: "> ", count: 3000), String(repeating: "- ", count: 3000),
      String(repeating: "[", count: 5000), String(repeating: "*a", count: 5000),
      String(repeating: "`", count: 5001),
      String(repeating: "| - ", count: 3000), String(repeating: "[a](", count: 3000),
      String(repeating: "_a ", count: 5000),
    ]
    let start = ContinuousClock.now
    let found = try await render(([table] + hostile).map { ($0, "") })
    #expect(ContinuousClock.now - start < .seconds(20))
    #expect(
      found[0].contains("<tr><td class=\"start\">x | y</td><td class=\"end\">2</td></tr>")
        && found[0].contains("<tr><td class=\"start\">only</td><td class=\"end\"></td></tr>"), "\(found[0])")
    #expect(found.allSatisfy { !$0.isEmpty })
  }
}
