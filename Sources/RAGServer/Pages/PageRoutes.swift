import HTTPServer

/// The pages: the chat at `/`, the console at `/admin`, the API's description at `/docs`, the widget, and what they
/// load below `/pages/`, each file that it is made of too.
struct PageRoutes {
  /// Everything comes from this server, nothing runs that is written inside of a page, and text never becomes markup.
  static let policy = """
    default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'
    """

  private static let pages = [
    "/": "chat/index.html", "/admin": "console/index.html", "/docs": "docs/index.html",
  ]

  func add(to router: Router) {
    for (address, path) in Self.pages {
      let bundle = PageBundle(path)
      let reply = PageReply(bundle.page, policy: Self.policy)
      router.get(address) { reply.respond(to: $0) }
      for part in bundle.parts {
        let reply = PageReply(part, isFinal: true)
        router.get("/pages/\(part.path)") { reply.respond(to: $0) }
      }
    }
    let widget = PageReply(WidgetScript.file).forEverySite()
    router.get("/widget.js") { widget.respond(to: $0) }
    for file in PageFile.all.values where !file.path.hasSuffix(".html") {
      let reply = PageReply(file)
      router.get("/pages/\(file.path)") { reply.respond(to: $0) }
    }
  }
}
