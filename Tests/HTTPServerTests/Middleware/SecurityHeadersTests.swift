import HTTPServer
import Testing

@Suite struct SecurityHeadersTests {
  @Test func `headers are added, and a handler's own stay`() async {
    let router = Router(
      middleware: StandardMiddleware.make(
        security: SecurityHeaders(strictTransportSecurity: "max-age=60"), reportError: { _, _ in }))
    router.get("/page") { _ in
      Response(headers: ["Content-Security-Policy": "default-src 'self'"], body: .bytes([]))
    }
    router.get("/file") { _ in Response(headers: ["Cache-Control": "no-cache"], body: .bytes([])) }
    let handler = router.build()
    let page = await handler.respond(to: Request(head: RequestHead(target: "/page"))).headers
    #expect(page.values(of: "Content-Security-Policy") == ["default-src 'self'"])
    #expect(page["X-Content-Type-Options"] == "nosniff")
    #expect(page["Strict-Transport-Security"] == "max-age=60")
    // A proxy that keeps replies must not give one person's to the next.
    #expect(page["Cache-Control"] == "no-store")
    let file = await handler.respond(to: Request(head: RequestHead(target: "/file"))).headers
    #expect(file.values(of: "Cache-Control") == ["no-cache"])
    let error = await handler.respond(to: Request(head: RequestHead(target: "/nothing"))).headers
    #expect(error["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'")
    #expect(error["X-Request-Id"] != nil)
  }
}
