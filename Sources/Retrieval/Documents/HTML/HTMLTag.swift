/// The elements that mean something to the reader of a page; the rest is `other` and only shows its content.
enum HTMLTag: String {
  case text = "#text"
  case root = "#root"
  case other = "#other"

  case a, address, annotation, article, aside, audio, b, base, blockquote, body, br, button, canvas, caption,
    center
  case code, datalist, dd, details, dialog, dir, div, dl, dt, fieldset, figcaption, figure, footer, form
  case h1, h2, h3, h4, h5, h6, head, header, hgroup, hr, html, iframe, img, input, legend, li, link, listing
  case main, math, menu, meta, nav, noscript, object, ol, optgroup, option, p, plaintext, pre, progress, q
  case rp, rt, script, search, section, select, span, strong, style, sub, summary, sup, svg, table, tbody, td
  case template, textarea, tfoot, th, thead, title, tr, ul, video, wbr, xmp

  var headingLevel: Int? {
    switch self {
    case .h1: 1
    case .h2: 2
    case .h3: 3
    case .h4: 4
    case .h5: 5
    case .h6: 6
    default: nil
    }
  }

  /// Starts and ends a paragraph of its own.
  var isBlock: Bool {
    switch self {
    case .root, .address, .article, .aside, .blockquote, .body, .caption, .center, .dd, .details, .dialog,
      .dir,
      .div, .dl, .dt, .fieldset, .figcaption, .figure, .footer, .form, .h1, .h2, .h3, .h4, .h5, .h6, .header,
      .hgroup, .hr, .html, .legend, .li, .listing, .main, .menu, .nav, .ol, .optgroup, .option, .p,
      .plaintext,
      .pre, .search, .section, .summary, .table, .tbody, .td, .tfoot, .th, .thead, .tr, .ul, .xmp:
      true
    default: false
    }
  }

  var isList: Bool { self == .ul || self == .ol || self == .menu || self == .dir }

  /// Keeps white space as it is written.
  var isPreformatted: Bool { self == .pre || self == .listing || self == .xmp || self == .plaintext }

  /// Never holds text for a reader, or only text about a control.
  var isInvisible: Bool {
    switch self {
    case .audio, .button, .canvas, .datalist, .head, .iframe, .link, .meta, .noscript, .optgroup, .option,
      .progress, .rp, .rt, .script, .select, .style, .svg, .template, .textarea, .title, .video:
      true
    default: false
    }
  }
}
