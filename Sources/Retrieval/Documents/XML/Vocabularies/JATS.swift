extension XMLVocabulary {
  /// The Journal Article Tag Suite, in which PubMed Central and publishers keep articles (ANSI/NISO Z39.96).
  static let jats = XMLVocabulary([
    (.part(), "article sub-article response sec app boxed-text"),
    (.part(title: "Abstract"), "abstract trans-abstract"),
    (.part(title: "References"), "ref-list"), (.part(title: "Acknowledgements"), "ack"),
    (.part(title: "Glossary"), "glossary"), (.part(title: "Notes"), "fn-group"),
    (.title, "title title-group/article-title"),
    (.metadata(["article-meta"]), "front"),
    (
      .metadata([
        "title-group", "contrib-group", "pub-date", "abstract", "trans-abstract", "kwd-group",
        "article-title",
      ]),
      "article-meta front-stub"
    ),
    (.metadata(["article-title", "subtitle"]), "title-group"),
    (
      .block("p"),
      "p subtitle contrib-group pub-date ref fn verse-group attrib speech kwd-group table-wrap-foot"
    ),
    (.joined(", "), "contrib-group kwd-group"),
    (.joined(" "), "contrib name string-name pub-date element-citation"),
    (.block("ul"), "list"), (.block("li"), "list-item"), (.block("dl"), "def-list"), (.through, "def-item"),
    (.block("dt"), "def-item/term"), (.block("dd"), "def"), (.line, "verse-line"),
    (.inline("span"), "td/p th/p"),
    (.preformatted, "preformat code"), (.block("blockquote"), "disp-quote"),
    (.inline("em"), "italic"), (.inline("strong"), "bold fig/label table-wrap/label"),
    (.inline("code"), "monospace"),
    (.link("href"), "ext-link uri"), (.wrapped("$", "$"), "tex-math"),
    (
      .through,
      """
      body back fig table-wrap caption disp-formula inline-formula alternatives floats-group app-group fig-group \
      table-wrap-group
      """
    ),
    (
      .hidden,
      """
      label graphic inline-graphic media contrib/xref contrib-id contrib/role contrib/email aff author-notes \
      object-id pub-id alternatives/math permissions col colgroup
      """
    ),
  ])
}
