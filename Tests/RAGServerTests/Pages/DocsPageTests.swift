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
      #expect(try await browser.audit() == [])
      let card = "[id='post-api-search']"
      try await browser.go("http://127.0.0.1:\(server.port)/docs#post-api-search")
      try await browser.find("\(card)[open] form")
      #expect(try await browser.audit() == [])
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
      #expect(try await browser.audit() == [])
      #expect(try await browser.messages() == [])
      try await browser.go("about:blank")
    }
  }
}
