import Synchronization
import TestSupport

/// A website whose pages a test changes: HTML by path, with an ETag that follows the content.
final class FakeSite: Sendable {
  struct Page: Sendable {
    var body: String
    var type = "text/html; charset=utf-8"
    var status = 200
    var headers: [(String, String)] = []
    var hasValidator = true
    /// Sent in place of the text.
    var bytes: [UInt8]?
  }

  private let box: Box
  let server: LocalServer

  init(_ pages: [String: String] = [:]) throws {
    let state = Box(pages.mapValues { Page(body: $0) })
    box = state
    server = try LocalServer { request, connection in
      connection.respond(state.pages.withLock { Self.answer(request, $0) })
    }
  }

  private final class Box: Sendable {
    let pages: Mutex<[String: Page]>
    init(_ pages: [String: Page]) { self.pages = Mutex(pages) }
  }

  var url: String { server.url }

  subscript(path: String) -> Page? {
    get { box.pages.withLock { $0[path] } }
    set { box.pages.withLock { $0[path] = newValue } }
  }

  /// Paths that were asked for, in order, but for robots.txt and sitemaps.
  var visits: [String] {
    server.requests.map(\.target).filter { !$0.hasSuffix("robots.txt") && !$0.hasSuffix("sitemap.xml") }
  }

  private static func answer(_ request: LocalRequest, _ pages: [String: Page]) -> LocalResponse {
    guard let page = pages[request.target] else { return LocalResponse("missing", status: 404) }
    let tag = "\"\(page.body.utf8.reduce(5381) { ($0 &* 33) ^ UInt32($1) })\""
    if page.hasValidator, page.status == 200, request.header("If-None-Match") == tag {
      return LocalResponse(304, headers: [("ETag", tag)])
    }
    if let bytes = page.bytes {
      return LocalResponse(page.status, headers: [("Content-Type", page.type)] + page.headers, body: bytes)
    }
    return LocalResponse(
      page.body, status: page.status, type: page.type,
      headers: page.headers + (page.hasValidator ? [("ETag", tag)] : []))
  }
}
