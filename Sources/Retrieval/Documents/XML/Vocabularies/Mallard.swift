extension XMLVocabulary {
  /// Mallard, the pages of GNOME's help (projectmallard.org/1.0).
  static let mallard = XMLVocabulary([
    (.part(), "page section"), (.title, "title"), (.metadata(["desc"]), "info"),
    (.block("p"), "desc subtitle cite"),
    (.preformatted, "screen page/code section/code item/code note/code example/code listing/code td/code"),
    (.block("ul"), "list tree"), (.block("ol"), "steps"), (.block("li"), "item"), (.block("dl"), "terms"),
    (.definition, "terms/item"), (.block("blockquote"), "quote"), (.note("Note"), "note"),
    (.inline("code"), "code cmd file sys input output var"), (.inline("em"), "em"),
    (.joined(" → "), "guiseq"), (.joined("+"), "keyseq"), (.link("xref"), "link"),
    (.inline("span"), "td/p th/p"),
    (.through, "example listing figure media synopsis gui key app"),
    (.hidden, "comment links info/title include"),
  ])
}
