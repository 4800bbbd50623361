import Retrieval
import Testing

struct NotebookParserTests {
  @Test func `Cells of format 4 become text, code and output`() throws {
    let notebook = ##"""
      {"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": {"language": "python"}}, "cells": [
        {"cell_type": "markdown", "metadata": {}, "source": ["# My *Title*\n", "\n", "Text."]},
        {"cell_type": "code", "source": "x = 1\n\nx", "outputs": [
          {"output_type": "stream", "name": "stdout", "text": ["10%\r50%\r\u001b[31m100%\u001b[0m\n", "done\u0000\n"]},
          {"output_type": "execute_result", "data": {"text/plain": ["1"], "text/html": ["<b>1</b>"]}},
          {"output_type": "display_data", "data": {"text/plain": "<Figure size 1x1>", "image/png": "AAAA"}},
          {"output_type": "display_data", "data": {"text/markdown": "## Shown"}},
          {"output_type": "error", "ename": "ValueError", "evalue": "bad\u001b[0m", "traceback": ["long"]},
          "damaged"]},
        {"cell_type": "raw", "source": "raw words"},
        {"cell_type": 5},
        {"cell_type": "markdown", "source": "# My *Title*"}
      ]}
      """##
    let document = try NotebookParser().parse(Array(notebook.utf8))
    #expect(
      document.outline == [
        "h1 My Title #My-Title", "p Text.", "c x = 1\n\nx", "c 100%\ndone", "c 1", "h2 Shown #Shown",
        "c ValueError: bad", "p raw words", "h1 My Title #My-Title-1",
      ])
    #expect(document.title == "My Title")
    #expect(document.notes == ["left out 1 damaged cells"])
  }

  @Test func `Cells of format 3 are read`() throws {
    let notebook = """
      {"nbformat": 3, "metadata": {"title": "Named"}, "worksheets": [{"cells": [
        {"cell_type": "heading", "level": 2, "source": "A head"},
        {"cell_type": "code", "input": ["print(1)"], "language": "python",
         "outputs": [{"output_type": "pyout", "text": ["1"]}, {"output_type": "display_data", "png": "A", "text": "<Fig>"}]}
      ]}]}
      """
    let document = try NotebookParser().parse(Array(notebook.utf8))
    #expect(document.outline == ["h2 A head #A-head", "c print(1)", "c 1"])
    #expect(document.title == "Named")
  }

  @Test func `Long output is cut at a line`() throws {
    let lines = String(repeating: "0123456789ü\\n", count: 1000)
    let notebook = """
      {"cells": [{"cell_type": "code", "source": "", "outputs": [{"output_type": "stream", "text": "\(lines)"}]}]}
      """
    let document = try NotebookParser().parse(Array(notebook.utf8))
    let words = try #require(document.blocks.first.map(document.words))
    #expect(words.utf8.count < 4100)
    #expect(words.hasSuffix("0123456789ü\n…"))
  }

  @Test(arguments: [
    "", "{", "[]", "{\"cells\": 3}", "{\"cells\": [", "{\"metadata\": {}}", "nothing",
    String(repeating: "[", count: 100_000),
  ])
  func `Damaged notebooks are refused`(text: String) {
    let error = #expect(throws: DocumentError.self) { try NotebookParser().parse(Array(text.utf8)) }
    #expect(error?.code == .damaged)
  }
}
