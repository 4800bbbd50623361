import TestSupport

/// Makes documents that nobody would write, always the same for the same seed.
struct DocumentFuzzer: RandomNumberGenerator {
  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed) }

  mutating func next() -> UInt64 { random.next() }

  /// Pieces of all formats in a random order, so that markup is opened, nested and left open in odd places.
  mutating func document() -> [UInt8] {
    var result: [UInt8] = []
    for _ in 0..<Int.random(in: 1...60, using: &self) {
      result += Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &self)].utf8
      switch Int.random(in: 0..<8, using: &self) {
      case 0: result += "\n".utf8
      case 1: result += "\n\n".utf8
      case 2: result += String(repeating: " ", count: Int.random(in: 1...9, using: &self)).utf8
      case 3: result.append(UInt8.random(in: 0...255, using: &self))
      default: break
      }
    }
    return result
  }

  mutating func noise() -> [UInt8] {
    (0..<Int.random(in: 0...300, using: &self)).map { _ in UInt8.random(in: 0...255, using: &self) }
  }

  /// A document cut off somewhere, with a few of its bytes changed.
  mutating func damaged(_ document: [UInt8]) -> [UInt8] {
    var result = Array(document.prefix(Int.random(in: 0...document.count, using: &self)))
    for _ in 0..<Int.random(in: 0...4, using: &self) where !result.isEmpty {
      result[Int.random(in: 0..<result.count, using: &self)] = UInt8.random(in: 0...255, using: &self)
    }
    return result
  }

  private static let pieces = [
    "word", "Two words. ", "é", "漢字", "👨‍👩‍👧", "\u{301}", "\u{FEFF}", "\u{200B}", "\u{A0}", "\r\n", "\r", "\0",
    "\t", "\u{C}",
    "# ", "## Head\n", "Title\n=====\n", "---\n", "---\ntitle: x\n---\n", "+++\n", "- ", "* ", "1. ", "#. ",
    "> ", "> [!NOTE]\n",
    "```\n", "~~~", "`", "``", "*", "**", "_", "~~", "[", "](", ")", "![", "[^1]", "[^1]: note\n", "[a]: b\n",
    "|", "| a | b |\n|---|---|\n",
    "$", "$$", "\\", "\\\n", "{#id}", "{", "}", "{/*", "*/}", ":::note\n", ":::\n", "!!! note \"T\"\n",
    "    ", "=== \"Tab\"\n",
    "import x from 'y'\n", "export const a = {\n", "<Tabs>", "</Tabs>", "<Card title=\"T\">\n", "<>",
    "style={{a: 1}}",
    "<div>", "</div>", "<p>", "</p>", "<b>", "</b>", "<br>", "<pre>", "</pre>", "<table>", "<tr>",
    "<td rowspan=9 colspan=99>", "<th>",
    "</table>", "<ul>", "<li>", "</ul>", "<ol start=5>", "<dl>", "<dt>", "<dd>", "<h1 id=a>", "</h1>", "<h2>",
    "<a href='#x'>#</a>",
    "<a id=", "<main>", "<article>", "<nav>", "<aside>", "<section id=s>", "<script>", "</script>", "<style>",
    "<title>", "<sup>", "<math>",
    "<annotation>", "<!--", "-->", "<![CDATA[", "]]>", "<?x", "?>", "&amp;", "&#x;", "&#55296;",
    "<input type=checkbox>", "<img alt='A'>",
    "<span epub:type=pagebreak title=3>", "<form>", "<body>", "</body>", "<html>", "<head>", "<blockquote>",
    "<svg>", "<template>",
    ".. ", ".. note:: ", ".. code-block:: x\n", "::\n\n", ".. _t:\n", ".. [1] ", ".. |s| replace:: t\n",
    "|s|", ":ref:`", "`_", "+--+--+\n",
    "| a| b|\n", "=== ===\n", "a   b\n", ".. list-table::\n\n", "   * - ", "     - ",
    ".. csv-table::\n\n   a,\"b", ":field: ", "-o  ",
    ">>> x\n", "| line\n", "term\n    def\n", ".. class:: C(\n", "\n   ", "\n      ", "CHAPTER I\n",
    "1.2 Title\n", "__ x\n", "..\n",
    "{\"cells\": [", "{\"cell_type\": \"markdown\", \"source\": \"", "\"}", "]}", "\"outputs\": [",
  ]
}
