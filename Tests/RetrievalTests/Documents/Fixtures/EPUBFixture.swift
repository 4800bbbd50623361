/// A small EPUB whose parts a test may change.
struct EPUBFixture {
  /// Members after `mimetype`, by path.
  var members: [(path: String, text: String)]

  init() {
    members = [
      ("META-INF/container.xml", Self.container),
      ("OEBPS/content.opf", Self.package),
      ("OEBPS/nav.xhtml", Self.navigation),
      ("OEBPS/text/two.xhtml", Self.page(#"<h2 id="deep">Deeper</h2><p>Second words.</p>"#)),
      ("OEBPS/text/one one.xhtml", Self.page(#"<p>First words &amp; more.</p><p id="p2">Next.</p>"#)),
      ("OEBPS/cover.png", "not a picture"),
    ]
  }

  subscript(path: String) -> String? {
    get { members.first { $0.path == path }?.text }
    set {
      members.removeAll { $0.path == path }
      if let newValue { members.append((path, newValue)) }
    }
  }

  var zip: ZipFixture {
    var zip = ZipFixture(["mimetype": "application/epub+zip"])
    for member in members { zip.add(member.path, Array(member.text.utf8)) }
    return zip
  }

  static func page(_ body: String) -> String {
    """
    <?xml version="1.0" encoding="utf-8"?>
    <!DOCTYPE html>
    <html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>\(body)</body></html>
    """
  }

  private static let container = """
    <?xml version="1.0"?>
    <container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
    <rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/>
    </rootfiles></container>
    """

  private static let package = """
    <?xml version="1.0"?>
    <package xmlns="http://www.idpf.org/2007/opf" version="3.0">
    <metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
      <dc:title>A  Small
        Book</dc:title><dc:creator>Ann</dc:creator><dc:creator>Bob</dc:creator><dc:language>en</dc:language>
    </metadata>
    <manifest>
      <item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
      <item id="one" href="text/one%20one.xhtml" media-type="application/xhtml+xml"/>
      <item id="two" href="text/two.xhtml" media-type="application/xhtml+xml"/>
      <item id="cover" href="cover.png" media-type="image/png"/>
    </manifest>
    <spine><itemref idref="nav"/><itemref idref="one"/><itemref idref="two"/><itemref idref="gone"/></spine>
    </package>
    """

  private static let navigation = page(
    """
    <nav xmlns:epub="http://www.idpf.org/2007/ops" epub:type="landmarks"><ol><li><a href="x">No</a></li></ol></nav>
    <nav xmlns:epub="http://www.idpf.org/2007/ops" epub:type="toc"><ol>
      <li><a href="text/one%20one.xhtml">Part <i>One</i></a><ol><li><a href="text/two.xhtml#deep">Two</a></li></ol></li>
    </ol></nav>
    """)
}
