import Testing

@testable import Retrieval

struct CodeMarginTests {
  /// Texts in which one block of code stands among prose, by the name of their file.
  private static let samples = [
    ("a.md", "Before.\n\n```\none\n\n  two\n```\n\nAfter.\n"),
    ("indented.md", "Before.\n\n    one\n\n      two\n\nAfter.\n"),
    ("a.html", "<p>Before.</p><pre>one\n\n  two</pre><p>After.</p>"),
    ("a.rst", "Before::\n\n  one\n\n    two\n\nAfter.\n"),
    ("a.adoc", "Before.\n\n----\none\n\n  two\n----\n\nAfter.\n"),
    ("a.org", "Before.\n\n#+begin_src\none\n\n  two\n#+end_src\n\nAfter.\n"),
    (
      "a.tex",
      "\\begin{document}\nBefore.\n\\begin{verbatim}\none\n\n  two\n\\end{verbatim}\nAfter.\n\\end{document}\n"
    ),
    ("a.1", ".TH A 1\n.SH NAME\nBefore.\n.nf\none\n\n  two\n.fi\nAfter.\n"),
    (
      "a.ipynb",
      """
      {"nbformat": 4, "cells": [{"cell_type": "markdown", "source": "Before."},
        {"cell_type": "code", "source": "one\\n\\n  two", "outputs": []},
        {"cell_type": "markdown", "source": "After."}]}
      """
    ),
  ]

  @Test(arguments: samples)
  func `what a reader knows to be code stands behind a margin`(name: String, text: String) throws {
    let document = try DocumentReader().parse(Array(text.utf8), name: name)
    let code = document.blocks.filter { $0.kind == .code }
    #expect(code.map(document.stored) == ["\tone\n\n\t  two"], "\(document.text)")
    for block in document.blocks where block.kind != .code { #expect(!document.stored(block).contains("\t")) }
  }

  @Test func `a file of code is stored as it is`() throws {
    let source = "def one():\n    return 1\n"
    #expect(try DocumentReader().parse(Array(source.utf8), name: "a.py").text == source)
  }

  @Test(arguments: [
    ("\tone\n\t two", true), ("one\n\ttwo", true), ("one", false), ("\tone", true), ("\tone\ntwo", false),
    (" \tone\n \ttwo", false),
  ])
  func `a paragraph is marked by what stands before all of its lines, but for a first one that was cut`(
    text: String, isMarked: Bool
  ) {
    let utf8 = Array(text.utf8)
    var lines: [Range<Int>] = []
    for line in utf8.split(separator: 0x0A) {
      let start = line.firstIndex { $0 > 0x20 } ?? line.startIndex
      lines.append(start..<line.endIndex)
    }
    #expect(CodeMargin.marks(lines, in: utf8) == isMarked)
  }
}
