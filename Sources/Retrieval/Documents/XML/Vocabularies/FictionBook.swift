extension XMLVocabulary {
  /// FictionBook 2, a format of books.
  static let fictionBook = XMLVocabulary([
    (.part(), "FictionBook section"), (.title, "title title-info/book-title"),
    (.metadata(["title-info"]), "description"),
    (.metadata(["book-title", "author", "annotation"]), "title-info"),
    (.joined(" "), "author"), (.block("p"), "p subtitle text-author poem stanza date"), (.line, "v"),
    (.block("blockquote"), "cite epigraph"), (.inline("em"), "emphasis"), (.inline("strong"), "strong"),
    (.through, "body annotation"), (.link("href"), "a"), (.hidden, "binary image empty-line stylesheet"),
  ])
}
