import TestSupport
import Testing

@testable import RAGServer

@Suite(.serialized, .needsBrowser, .browser) struct DocsPageTests {
  @Test func `every operation is described and can be tried`() async throws {
    let browser = try BrowserScope.browser
    try await withRAGServer { server in
      try await browser.open("http://127.0.0.1:\(server.port)/docs")
      try await browser.find(".operation")
      #expect(try await browser.count(".operation") == browser.count("#contents a"))
      try await browser.expectAccessible()
      let card = "[id='post-api-search']"
      try await browser.go("http://127.0.0.1:\(server.port)/docs#post-api-search")
      try await browser.find("\(card)[open] form")
      try await browser.expectAccessible()
      try await browser.run(
        "document.querySelector(`\(card) textarea`).value = JSON.stringify({query: 'knee', k: 1})")
      try await browser.click("\(card) form button")
      try await browser.find("\(card) .state.good")
      #expect(
        try await browser.text("document.querySelector(\"\(card) .result pre\").textContent").contains(
          "knee joint"))
      try await browser.type("api/health", into: "#filter")
      let shown = try await browser.run(
        "return [...document.querySelectorAll('#contents li:not([hidden])')].map((each) => each.textContent)")
      #expect(shown.array?.allSatisfy { $0.string?.contains("/api/health") == true } == true)
      #expect(shown.array?.isEmpty == false)
      try await browser.prefer(dark: true)
      try await browser.resize(width: 390, height: 844, isPhone: true)
      try await browser.expectAccessible()
      #expect(try await browser.messages() == [])
      try await browser.go("about:blank")
    }
  }

  @Test func `paths at the side break before a slash and within no name`() async throws {
    let browser = try BrowserScope.browser
    try await withRAGServer { server in
      try await browser.open("http://127.0.0.1:\(server.port)/docs")
      try await browser.find("#contents a")
      let broken = try await browser.run(
        """
        const broken = [], walker = document.createTreeWalker(document.getElementById('contents'), NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
          const range = new Range();
          range.selectNodeContents(walker.currentNode);
          if (range.getClientRects().length > 1) broken.push(walker.currentNode.data);
        }
        return broken
        """)
      #expect(broken == [])
      let clipped =
        "[...document.querySelectorAll('#contents a')].filter((a) => a.scrollWidth > a.clientWidth).length"
      #expect(try await browser.text(clipped) == "0")
      try await browser.go("about:blank")
    }
  }

  /// Opens the card of an operation, fills its body and sends it.
  private func send(_ card: String, _ body: String?, in browser: Browser, _ server: RAGServerFixture)
    async throws
  {
    try await browser.go("http://127.0.0.1:\(server.port)/docs#\(card)")
    try await browser.find("[id='\(card)'][open] form")
    if let body {
      try await browser.run(
        "document.getElementById(arguments[0]).querySelector('textarea').value = arguments[1]",
        [.string(card), .string(body)])
    }
    try await browser.run(
      "document.getElementById(arguments[0]).querySelector('form').requestSubmit()", [.string(card)])
    try await browser.wait(
      for: "document.getElementById('\(card)').querySelector('.state') && "
        + "document.getElementById('\(card)').querySelector('.row button').textContent === 'Send'")
  }

  private func result(_ card: String, _ browser: Browser) async throws -> String {
    try await browser.text("document.getElementById('\(card)').querySelector('.result').textContent")
  }

  @Test func `a route with a key is refused without it and answered with it`() async throws {
    let browser = try BrowserScope.browser
    try await withRAGServer(configure: environment(["ADMIN_API_KEY": "secret"])) { server in
      try await browser.open("http://127.0.0.1:\(server.port)/docs")
      try await send("get-api-documents", nil, in: browser, server)
      #expect(try await result("get-api-documents", browser).contains("401"))
      try await browser.type("secret", into: "#key")
      try await send("get-api-documents", nil, in: browser, server)
      let documents = try await result("get-api-documents", browser)
      #expect(documents.contains("200") && documents.contains("leg.md"), "\(documents)")
      // The example that a form begins with is a request that the server understands.
      try await send("post-api-keys", nil, in: browser, server)
      let made = try await result("post-api-keys", browser)
      #expect(made.contains("201") && made.contains("\"name\": \"website\""), "\(made)")
      _ = try await browser.messages()
      try await browser.go("about:blank")
    }
  }

  @Test func `an answer that streams is shown as it comes, and can be stopped`() async throws {
    let browser = try BrowserScope.browser
    let fake = try FakeOpenAI {
      $0.isOriginal = false
      $0.frames = FakeOpenAI.frames((1...40).map { "It bends by \($0) degrees [1]. " })
    }
    try await withRAGServer(configure: asking(fake)) { server in
      try await browser.open("http://127.0.0.1:\(server.port)/docs")
      // Its example asks for a stream.
      try await send("post-api-chat", nil, in: browser, server)
      let events = try await result("post-api-chat", browser)
      #expect(events.contains("event: delta") && events.contains("event: done"), "\(events)")
      try await browser.expectAccessible()

      fake.provider.misbehave(.stall(afterBytes: 2000))
      let card = "document.getElementById('post-api-chat')"
      try await browser.run("\(card).querySelector('form').requestSubmit()")
      // What came before is gone then.
      let shown = "\(card).querySelector('.result').textContent"
      try await browser.wait(for: "\(shown).includes('event: delta') && !\(shown).includes('event: done')")
      #expect(try await browser.text("\(card).querySelector('.row button').textContent") == "Stop")
      try await browser.run("\(card).querySelector('form').requestSubmit()")
      try await browser.wait(for: "\(card).querySelector('.row button').textContent === 'Send'")
      #expect(try await result("post-api-chat", browser).contains("event: done") == false)
      _ = try await browser.messages()
      try await browser.go("about:blank")
    }
  }
}
