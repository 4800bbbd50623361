extension XMLVocabulary {
  /// Editions of the Text Encoding Initiative (TEI P5, and P4).
  static let tei = XMLVocabulary([
    (.part(), "TEI TEI.2 teiCorpus div div0 div1 div2 div3 div4 div5 div6 div7"),
    (.title, "head titleStmt/title"),
    (.metadata(["fileDesc"]), "teiHeader"), (.metadata(["titleStmt"]), "fileDesc"),
    (.metadata(["title", "author"]), "titleStmt"),
    (
      .block("p"),
      """
      p ab author opener closer salute signed dateline byline trailer stage speaker docTitle docAuthor docImprint \
      titlePart figDesc lg
      """
    ),
    (.line, "l"), (.block("ul"), "list listBibl"), (.block("li"), "item bibl biblStruct"),
    (.block("tr"), "row"),
    (.block("td"), "cell"), (.block("blockquote"), "epigraph"), (.inline("em"), "hi emph foreign title"),
    (.inline("code"), "code gi att val ident"), (.inline("q"), "q"), (.wrapped(" [", "]"), "note"),
    (.inline("br"), "lb"), (.joined(""), "choice"), (.pageBreak, "pb"), (.link("target"), "ref"),
    (.through, "text front body back group sp quote cit said seg titlePage figure"),
    (
      .hidden,
      "choice/sic choice/orig choice/abbr del gap graphic fw standOff facsimile sourceDoc anchor ptr index"
    ),
  ])
}
