import Testing

@testable import Retrieval

@Suite struct LaTeXParserTests {
  private func read(_ source: String) throws -> ParsedDocument {
    try DocumentReader().parse(Array(source.utf8), name: "paper.tex")
  }

  @Test func `sections are headings, and comments and settings are left out`() throws {
    let source = #"""
      \documentclass[11pt]{article}
      \usepackage{amsmath,booktabs}
      \newcommand{\sys}{\textsc{Halyard}}
      \title{Halyard: Cheap Election}
      \author{Mirela Stoica \and Tom Verhoeven\thanks{Corresponding author}}
      \begin{document}
      \maketitle
      \begin{abstract}
      We present \sys, which elects a leader on 48~nodes within 310\,ms, 61\% faster.
      \end{abstract}
      \section{Introduction}\label{sec:intro}
      Nodes vanish~\cite{chen2021edge}. This is rare \cite{raft}. % reviewers hated this
      % all of this line
      It is \emph{not} at the ``edge''.

      A leader holds a lease of $T_L = 2$ seconds.
      \subsection*{Ties}
      \begin{itemize}
      \item The first one.
      \item The second
        one.
      \end{itemize}
      \begin{enumerate}[a)]
      \item Step.
      \item Stop.
      \end{enumerate}
      \begin{table}[t]
      \caption{Median time.}
      \begin{tabular}{lrr}
      \toprule
      Protocol & Time & R\&D \\
      \midrule
      Raft & 744 & 211 \\
      \bottomrule
      \end{tabular}
      \end{table}
      \begin{verbatim}
      run --all 50%
      \end{verbatim}
      The end.
      \end{document}
      Not said.
      """#
    let document = try read(source)
    #expect(document.title == "Halyard: Cheap Election")
    #expect(
      document.text == #"""
        Halyard: Cheap Election

        Author: Mirela Stoica, Tom Verhoeven

        We present Halyard, which elects a leader on 48 nodes within 310 ms, 61% faster.

        Introduction

        Nodes vanish. This is rare. It is not at the “edge”.

        A leader holds a lease of $T_L = 2$ seconds.

        Ties

        - The first one.
        - The second one.
        1. Step.
        2. Stop.

        Median time.

        Protocol | Time | R&D
        Raft | 744 | 211

        \#trun --all 50%

        The end.

        """#)
    let headings = document.blocks.compactMap { block -> Int? in
      if case .heading(let level) = block.kind { level } else { nil }
    }
    #expect(headings == [1, 2, 3])
  }

  @Test func `a part of a document is read as a whole`() throws {
    let document = try read(
      "\\chapter{Pumps}\nA pump costs \\$5. % five\n\n\\paragraph{Oil.} It wants oil\\footnote{Any.}.\n")
    #expect(document.title == "Pumps")
    #expect(document.text == "Pumps\n\nA pump costs $5.\n\nOil.\n\nIt wants oilAny..\n")
  }

  @Test func `definitions alone are read as they are`() throws {
    let source = "\\newcommand{\\sys}{Halyard}\n\\newcommand{\\two}[2]{#1 and #2}"
    #expect(try read(source).text == source + "\n")
  }

  @Test(arguments: [
    "\\section{never closed", "\\begin{tabular}{l} a & b", "\\newcommand{\\a}{\\a\\a} \\a \\a", "words \\",
    "\\begin{itemize}\\item a\\end{itemize}\\end{itemize}\\item b", "$ open", "\\begin{verbatim} x",
    "\\def\\x", "{{{{ a",
  ])
  func `what is damaged keeps its words`(source: String) throws {
    let document = try read("Words first.\n\n" + source + " last words")
    #expect(document.text.contains("Words first.") && document.text.hasSuffix("words\n"))
  }
}
