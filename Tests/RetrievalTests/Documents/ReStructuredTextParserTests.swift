import Retrieval
import Testing

struct ReStructuredTextParserTests {
  typealias Sample = OutlineSample

  static let samples = [
    Sample(
      "titles by their style",
      ".. _top:\n\n=====\nTitle\n=====\n\nOne\n===\n\nTwo\n---\n\nOne again\n=========\n\nTitle\n-----\n\n-----\n\nx",
      ["h1 Title #top", "h2 One #one", "h3 Two #two", "h2 One again #one-again", "h3 Title", "p x"]),
    Sample(
      "inline markup",
      "*em* **st** ``li*t`` :ref:`text <x>` :func:`~os.path.join` :class:`.Foo` `Python <http://p.o>`_ link_ `a b`__\n"
        + "[1]_ [#n]_ |sub| |none| \\*esc\\* re\\ place snake_case 2*3*4 :math:`x^2` :pep:`8` _`target` *open\n\n.. |sub| replace:: the *text*",
      [
        "p em st li*t text join() Foo Python link a b [1] [n] the text none *esc* replace snake_case 2*3*4 $x^2$ PEP 8 target *open"
      ]),
    Sample(
      "lists",
      "* a\n  b\n\n  c\n\n  - d\n* e\n\n#. f\n#. g\n\n(a) h\n(b) i\n\nA. Einstein was\nsmart\n\nterm : kind\n    Definition\n\n"
        + ":Author: Me\n\n-o FILE, --out=FILE  Write.\n",
      [
        "li - a b", "p c", "li - d", "li - e", "li 1. f", "li 2. g", "li (a) h", "li (b) i",
        "p A. Einstein was smart",
        "p term\nDefinition", "li Author: Me", "li -o FILE, --out=FILE  Write.",
      ]),
    Sample(
      "literal text",
      "So::\n\n   code\n     more\n\nSo ::\n\n> quoted\n> lines\n\n::\n\n  alone\n\n.. code-block:: c\n   :caption: Cap\n\n   int x;\n\n>>> 1\n2\n\n| v1\n| v2",
      [
        "p So:", "c code\n  more", "p So", "c > quoted\n> lines", "c alone", "p Cap", "c int x;",
        "c >>> 1\n2", "p v1\nv2",
      ]),
    Sample(
      "admonitions",
      ".. note:: On *line*\n   two.\n\n   More.\n\n.. versionadded:: 3.2\n   Text.\n\n.. deprecated:: 3.9\n\n.. admonition:: Own title\n\n   Body.\n\n.. warning::\n\n   - a",
      [
        "p Note: On line two.", "p More.", "p Added in version 3.2: Text.", "p Deprecated since version 3.9",
        "p Own title",
        "p Body.", "p Warning", "li - a",
      ]),
    Sample(
      "tables",
      """
      +-----+-------+
      | a   | b     |
      +=====+=======+
      | one | two   |
      |     | lines |
      +-----+-------+
      | über both   |
      +-----+-------+

      =====  =====
      c 1    c 2
      =====  =====
      a      b
             more
      c      d
      =====  =====

      .. list-table:: Cap
         :header-rows: 1

         * - H1
           - H2
         * - a
           -
         * - b
           - c
             d

      .. csv-table::
         :header: "x", "y, z"

         1, "two, ""q"" x"
      """,
      [
        "t a | b\none | two lines\nüber both", "t c 1 | c 2\na | b more\nc | d", "p Cap",
        "t H1 | H2\na\nb | c d",
        "t x | y, z\n1 | two, \"q\" x",
      ]),
    Sample(
      "descriptions of code",
      ".. module:: m\n\n.. class:: C(a)\n           C(b)\n\n   A class.\n\n   .. method:: go(x)\n\n      Goes.\n\n      :param x: what\n\n.. data:: D",
      ["p C(a)\nC(b)\nA class. #m.C", "p go(x)\nGoes. #m.C.go", "li param x: what", "p D #m.D"]),
    Sample(
      "what is no text",
      ".. comment\n   more\n\n..\n\n    quote\n\n.. toctree::\n   a\n\n.. image:: a.png\n   :alt: Pic\n\n.. figure:: b.png\n\n   Caption.\n\n"
        + ".. _ext: http://x\n\n.. [1] A *note*.\n\n.. _here:\n\nText\n\n:orphan:\n",
      ["q quote", "p Pic", "p Caption.", "p [1] A note.", "p Text #here"]),
    Sample(
      "marks of what follows",
      "Before.\n\n.. setting:: TIMES\n\nTIMES\n-----\n\nHow often.\n\n.. command:: go\n\nStarting\n--------\n\nx\n\n"
        + ".. key:: a_b\n\n.. key:: c/{d}\n\nThe ``a_b`` key and ``c/{d}``.\n\n.. stat:: n\n\n``n``\n   Count.\n\n"
        + ".. key:: a\n\nThe ``a_b`` key.\n\n.. setting:: S\n\n   Its body.",
      [
        "p Before.", "h1 TIMES #times", "p How often.", "h1 Starting #starting", "p go", "p x",
        "p The a_b key and c/{d}.", "p n\nCount.", "p a", "p The a_b key.", "p S\nIts body. #S",
      ]),
    Sample("a quote", "Para\n\n  Quoted\n  text\n\n  - item", ["p Para", "q Quoted text", "li - item"]),
  ]

  @Test(arguments: samples)
  func `reStructuredText becomes readable blocks`(sample: Sample) throws {
    let found = try outline(ReStructuredTextParser(), sample.text)
    #expect(found == sample.outline, "\(found)")
  }

  @Test func `The title is the first section's`() throws {
    #expect(try ReStructuredTextParser().parse(Array("text\n\nA *b*\n=====\n\nC\n=\n".utf8)).title == "A b")
  }
}
