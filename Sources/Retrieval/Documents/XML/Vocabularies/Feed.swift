extension XMLVocabulary {
  /// News in RSS (0.9 to 2.0, rssboard.org/rss-specification) and Atom (RFC 4287).
  static let feed = XMLVocabulary([
    (.through, "rss RDF"), (.part(), "feed channel item entry"), (.title, "title"),
    (.block("p"), "subtitle pubDate published updated item/date author creator"), (.joined(" "), "author"),
    (.markup, "description encoded summary content"),
    (
      .hidden,
      """
      link guid id comments category image cloud ttl rating textInput skipHours skipDays enclosure generator logo \
      icon language managingEditor webMaster lastBuildDate docs rights copyright contributor source channel/date \
      feed/updated
      """
    ),
  ])
}
