import Commands
import HTTPServer
import Models
import Synchronization
import TestSupport
import Testing

@testable import RAGServer

@Suite struct WidgetScriptTests {
  @Test func `the widget is one small file without modules`() {
    let text = WidgetScript.file.text
    #expect(WidgetScript.file.bytes.count < 30_000, "\(WidgetScript.file.bytes.count)")
    #expect(text.hasPrefix("(() => {") && !text.contains("\nimport ") && !text.contains("\nexport "))
  }

  @Test func `every site may load the widget, and only the widget`() async throws {
    try await withRAGServer { server in
      let widget = try await server.send("GET", "/widget.js")
      #expect(widget.header("Cross-Origin-Resource-Policy") == "cross-origin")
      #expect(widget.header("Content-Type") == "text/javascript; charset=utf-8")
      let other = try await server.send("GET", "/pages/chat/main.js")
      #expect(other.header("Cross-Origin-Resource-Policy") == "same-origin")
    }
  }
}

/// The widget on a page of another origin, whose policy allows nothing but the server's script and answers.
@Suite(.serialized, .needsBrowser, .browser) struct WidgetTests {
  private static let root = "document.querySelector('footnote-widget').shadowRoot"

  /// - Parameters:
  ///   - address: of the page's own site, as the browser is told it and the key is not.
  ///   - fake: the provider of a chat model that writes the answers; nil for the documents' own sentences.
  private func withPage(
    attributes: String = "", at address: String = "127.0.0.1", messages: [String] = [],
    fake: FakeOpenAI? = nil, documents: [String: String] = RAGServerFixture.robots,
    model: any EmbeddingModel = HashingEmbeddingModel(dimensions: 512),
    _ body: (Browser) async throws -> Void
  ) async throws {
    let browser = try BrowserScope.browser
    let keys = Mutex("")
    let secret = ["ADMIN_API_KEY": "secret"]
    let settings = Settings(environment: secret)
    let configure = fake.map { asking($0, secret) } ?? setting(\.settings, settings)
    try await withRAGServer(documents, model: model, configure: configure) { server in
      let answers = "http://127.0.0.1:\(server.port)"
      let site = Router()
      site.get("/") { _ in
        var response = Response.text(
          """
          <!doctype html><html lang="en"><head><title>Robots</title></head><body><main><h1>Robots</h1></main>
          <script src="\(answers)/widget.js" data-key="\(keys.withLock { $0 })" data-title="Ask the handbook" \(attributes)></script></body></html>
          """, contentType: "text/html; charset=utf-8")
        response.headers["Content-Security-Policy"] =
          "default-src 'none'; script-src \(answers); connect-src \(answers); require-trusted-types-for 'script'"
        return response
      }
      site.get("/favicon.ico") { _ in Response(status: .noContent) }
      var configuration = ServerConfiguration()
      configuration.port = 0
      let host = HTTPServer(configuration: configuration, handler: site.build())
      let port = try host.start().port
      do {
        let made = try await server.send(
          "POST", "/api/keys", headers: ["X-API-Key: secret", "Content-Type: application/json"],
          body: "{\"name\": \"site\", \"scopes\": [\"chat\"], \"origins\": [\"http://127.0.0.1:\(port)\"]}")
        let key = try #require(try made.json(JSONValue.self)["key"]?.string)
        keys.withLock { $0 = key }
        try await browser.open("http://\(address):\(port)/")
        try await browser.wait(for: "document.querySelector('footnote-widget')")
        try await body(browser)
        let said = try await browser.messages()
        for message in messages {
          #expect(said.joined(separator: "\n").contains(message))
        }
        #expect(said.isEmpty == messages.isEmpty)
        try await browser.go("about:blank")
      } catch {
        await host.shutdown(within: .zero)
        throw error
      }
      await host.shutdown(within: .zero)
    }
  }

  private func ask(_ question: String, in browser: Browser) async throws {
    try await browser.run(
      """
      const root = \(Self.root);
      root.querySelector('textarea').value = arguments[0];
      root.querySelector('form').requestSubmit();
      """, [.string(question)])
    try await browser.wait(
      for: "\(Self.root).querySelector('.turn:last-child .sources, .turn:last-child .note')")
  }

  @Test func `a page of another site with a strict policy gets answers with footnotes`() async throws {
    try await withPage { browser in
      #expect(try await browser.text("\(Self.root).querySelector('.panel').hidden") == "true")
      try await browser.run("\(Self.root).querySelector('.launcher').click()")
      #expect(try await browser.text("\(Self.root).activeElement.tagName") == "TEXTAREA")
      try await browser.expectAccessible()
      try await ask("How far does the knee joint bend the leg?", in: browser)
      #expect(
        try await browser.text("\(Self.root).querySelector('.answer').textContent").contains("120 degrees"))
      #expect(try await browser.text("\(Self.root).querySelector('.sources').textContent").contains("1. Leg"))
      #expect(
        try await browser.text("getComputedStyle(\(Self.root).querySelector('.panel')).position") == "fixed")
      for dark in [false, true] {
        try await browser.prefer(dark: dark)
        try await browser.expectAccessible()
      }
    }
  }

  @Test func `below an answer of low confidence it says so, once`() async throws {
    let fake = try FakeOpenAI {
      $0.isOriginal = false
      $0.frames = FakeOpenAI.frames(["Penguins live in the cold seas of the south [1]."])
    }
    try await withPage(attributes: "data-open", fake: fake) { browser in
      try await ask("How far does the knee joint bend the leg?", in: browser)
      let caution = "The documents may not answer this."
      #expect(
        try await browser.text("\(Self.root).querySelector('.answer + div > .caution').innerText") == caution)
      let said = try await browser.text("\(Self.root).querySelector('[role=status]').textContent")
      #expect(said.hasPrefix("Answer: Penguins") && said.hasSuffix(" \(caution)"), "\(said)")
      let live = "[role=status] .caution, [role=alert] .caution, [aria-live] .caution, .caution[role]"
      #expect(try await browser.text("\(Self.root).querySelectorAll('\(live)').length") == "0")
      for dark in [false, true] {
        try await browser.prefer(dark: dark)
        try await browser.expectAccessible()
      }
      try await browser.prefer(dark: false)
    }
  }

  @Test func `an answer in another language than its sources is said to be unchecked`() async throws {
    let fake = try FakeOpenAI {
      $0.isOriginal = false
      $0.frames = FakeOpenAI.frames([
        "Das Knie beugt das Bein um 120 Grad, und es ist das stärkste Gelenk. [1]"
      ])
    }
    try await withPage(
      attributes: "data-open", fake: fake, documents: LanguageHintTests.documents,
      model: LanguageHintTests.LocalModel()
    ) { browser in
      try await ask("Wie weit beugt das Knie das Bein?", in: browser)
      #expect(
        try await browser.text("\(Self.root).querySelector('.answer + div > .hint').innerText")
          == LanguageHintTests.unchecked)
      #expect(try await browser.text("\(Self.root).querySelectorAll('.note').length") == "1")
      try await browser.expectAccessible()
    }
  }

  @Test func `a page of a site that the key is not for gets no answer, and says why`() async throws {
    try await withPage(attributes: "data-open", at: "localhost", messages: ["CORS"]) { browser in
      try await ask("How far does the knee joint bend the leg?", in: browser)
      #expect(
        try await browser.text("\(Self.root).querySelector('.note.bad').textContent").contains(
          "This page may not ask: its key is missing, wrong, or not for http://localhost:"))
    }
  }

  @Test func `the panel closes with Escape and gives the focus back`() async throws {
    try await withPage(attributes: "data-open") { browser in
      try await browser.press(Key.escape)
      try await browser.wait(for: "\(Self.root).querySelector('.panel').hidden")
      #expect(try await browser.text("\(Self.root).activeElement.className") == "launcher")
    }
  }

  @Test func `a new conversation begins empty, and what was said before is not its history`() async throws {
    try await withPage(attributes: "data-open") { browser in
      func conversation() async throws -> String {
        try await browser.text("sessionStorage.getItem('footnote.conversation')")
      }
      try await ask("How far does the knee joint bend the leg?", in: browser)
      let first = try await conversation()
      try await ask("And how far does the elbow bend the arm?", in: browser)
      #expect(try await conversation() == first, "one conversation goes on")
      try await browser.run("\(Self.root).querySelector('[aria-label=\"New conversation\"]').click()")
      #expect(try await browser.text("\(Self.root).querySelectorAll('.turn').length") == "0")
      #expect(try await browser.text("\(Self.root).querySelectorAll('.greeting').length") == "1")
      #expect(try await browser.text("\(Self.root).activeElement.tagName") == "TEXTAREA")
      try await browser.expectAccessible()
      try await ask("What is a camera?", in: browser)
      let second = try await conversation()
      #expect(!second.isEmpty && second != first)
      #expect(try await browser.text("\(Self.root).querySelectorAll('.turn').length") == "1")
    }
  }

  @Test func `attributes and custom properties change its looks`() async throws {
    let attributes =
      #"data-accent="rgb(122, 31, 162)" data-position="left" data-theme="dark" data-label="Help""#
    try await withPage(attributes: attributes) { browser in
      let launcher = "\(Self.root).querySelector('.launcher')"
      #expect(try await browser.text("\(launcher).textContent") == "Help")
      #expect(try await browser.text("getComputedStyle(\(launcher)).backgroundColor") == "rgb(122, 31, 162)")
      #expect(try await browser.text("\(launcher).getBoundingClientRect().left") == "20")
      try await browser.run("\(launcher).click()")
      #expect(
        try await browser.text("getComputedStyle(\(Self.root).querySelector('.panel')).backgroundColor")
          == "rgb(30, 32, 36)")
    }
  }
}
