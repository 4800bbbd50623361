/// The attributes that say something about text; others are not kept.
enum HTMLAttribute: String {
  case alt, checked, colspan, content, encoding, hidden, href, id, itemprop, name, property, rel, role
  case rowspan
  case start, style, title, type, value
  case ariaHidden = "aria-hidden"
  case ariaLabel = "aria-label"
  case classes = "class"
  case doNotQuote = "data-nosnippet"
  case epubType = "epub:type"
  case httpEquiv = "http-equiv"
}
