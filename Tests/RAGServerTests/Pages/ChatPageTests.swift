import FoundationEssentials
import Models
import TestSupport
import Testing

@testable import RAGServer

@Suite(.serialized, .needsBrowser, .browser) struct ChatPageTests {
  private let question = "How far does the knee joint bend the leg?"

  /// Opens the page of a server and checks in the end that the browser had nothing to complain of.
  private func withPage(
    _ documents: [String: String] = RAGServerFixture.robots,
    configure: (inout ApplicationConfiguration) -> Void = { _ in },
    _ body: (RAGServerFixture, Browser) async throws -> Void
  ) async throws {
    let browser = try BrowserScope.browser
    try await withRAGServer(documents, configure: configure) { server in
      try await browser.open("http://127.0.0.1:\(server.port)/")
      try await body(server, browser)
      #expect(try await browser.messages() == [])
      try await browser.go("about:blank")
    }
  }

  private func ask(_ question: String, in browser: Browser) async throws {
    try await browser.type(question + Key.enter, into: "#question")
    try await browser.wait(for: "document.querySelector('.turn:last-child .actions')")
  }

  @Test func `a footnote opens the cited words in their document`() async throws {
    let long = String(repeating: "The leg is a chain of links. ", count: 200)
    let text =
      "# Leg\n\n\(long)\n\n## Knee\n\nThe knee joint 𝒌 bends the leg by 120 degrees.\n\n## Foot\n\n\(long)"
    try await withPage(["leg.md": text]) { _, browser in
      try await ask(question, in: browser)
      #expect(try await browser.text("document.querySelector('.question').textContent") == question)
      #expect(try await browser.text("document.querySelector('.answer').textContent").contains("120 degrees"))
      #expect(
        try await browser.text("document.querySelector('.notes').innerText").contains("Leg › Knee"))
      try await browser.click(".answer button.cite")
      try await browser.wait(for: "document.querySelector('#passage .text').textContent.length > 500")
      let cited = try await browser.text("document.querySelector('#passage mark').textContent")
      #expect(cited == "The knee joint 𝒌 bends the leg by 120 degrees.")
      #expect(try await browser.text("document.querySelector('#passage-title').textContent") == "Leg")
      #expect(try await browser.text("document.querySelector('#passage-place').innerText") == "Knee")
      #expect(
        try await browser.run(
          """
          const mark = document.querySelector('#passage mark').getBoundingClientRect();
          const body = document.querySelector('#passage-body').getBoundingClientRect();
          return mark.top >= body.top && mark.bottom <= body.bottom
          """) == true)
      try await browser.expectAccessible()
    }
  }

  @Test func `code in a cited document is shown as code, in the cited words and around them`() async throws {
    let text = """
      # Leg

      This prints how far the knee joint bends the leg:

          knee --print

            degrees

      Ask the hip as well, 𝒌 times:

          hip
      """
    try await withPage(["leg.md": text]) { _, browser in
      try await ask("How do I print how far the knee joint bends the leg?", in: browser)
      try await browser.click(".answer button.cite")
      try await browser.wait(for: "document.querySelector('#passage .text').textContent.includes('hip')")
      let code = "[...document.querySelectorAll('#passage CODE')].map((code) => code.textContent).join('|')"
      #expect(
        try await browser.text(code.replacing("CODE", with: "mark code")) == "knee --print\n\n  degrees")
      #expect(try await browser.text(code.replacing("CODE", with: ".text > code")) == "hip")
      try await browser.expectAccessible()
    }
  }

  @Test func `a refusal says that the documents are in another language than the question`() async throws {
    let browser = try BrowserScope.browser
    try await withRAGServer(LanguageHintTests.documents, model: LanguageHintTests.LocalModel()) { server in
      try await browser.open("http://127.0.0.1:\(server.port)/")
      try await ask("Wer gewann die Turniere und wann war das?", in: browser)
      #expect(
        try await browser.text("document.querySelector('.refusal .hint').innerText")
          == LanguageHintTests.refusal)
      let said = try await browser.text("document.querySelector('#status').textContent")
      #expect(said == "The documents do not answer this. \(LanguageHintTests.refusal)")
      try await browser.expectAccessible()
      try await ask("Who won the tournaments, and when was that?", in: browser)
      #expect(try await browser.count(".turn .hint") == 1)
      #expect(try await browser.messages() == [])
      try await browser.go("about:blank")
    }
  }

  @Test func `everything can be done with the keyboard`() async throws {
    try await withPage(["leg.md": "# Leg\n\n## How far does a knee bend?\n\nThe knee bends by 120 degrees."])
    {
      _, browser in
      func focus() async throws -> String { try await browser.text("document.activeElement.textContent") }
      try await browser.find("#suggestions button")
      #expect(try await browser.text("document.activeElement.id") == "question")
      try await browser.press(Key.shift, Key.tab)
      while try await browser.text("document.activeElement.closest('#suggestions') ? 'yes' : ''") != "yes" {
        try await browser.press(Key.shift, Key.tab)
      }
      #expect(try await focus().contains("How far does a knee bend?"))
      try await browser.press(Key.enter)
      try await browser.find(".notes button")
      try await browser.run("document.querySelector('.answer button.cite').focus()")
      try await browser.press(Key.enter)
      try await browser.find("#passage mark")
      #expect(try await browser.text("document.activeElement.id") == "passage-title")
      try await browser.press(Key.escape)
      try await browser.wait(for: "document.querySelector('#passage').hidden")
      #expect(try await browser.text("document.activeElement.className") == "cite")
      try await browser.press(Key.alt, "n")
      try await browser.wait(for: "!document.querySelector('#welcome').hidden")
      #expect(try await browser.count(".turn") == 0)
      #expect(try await browser.text("document.activeElement.id") == "question")
    }
  }

  @Test func `what the corpus does not answer is said, with what comes nearest`() async throws {
    try await withPage { _, browser in
      try await ask("How do I bake bread with yeast?", in: browser)
      #expect(
        try await browser.text("document.querySelector('.refusal h3').textContent")
          == "The documents do not answer this")
      try await browser.find(".refusal .notes button")
      try await browser.click(".refusal .notes button")
      try await browser.find("#passage mark")
      try await browser.expectAccessible()
    }
  }

  @Test func `an answer in the documents' own words says so`() async throws {
    try await withPage { _, browser in
      try await ask(question, in: browser)
      #expect(
        try await browser.text("document.querySelector('.extractive').textContent").contains("own words"))
    }
  }

  @Test(arguments: [(1280, false), (1280, true), (390, false), (390, true)])
  func `an audit finds no barrier`(width: Int, dark: Bool) async throws {
    try await withPage { _, browser in
      try await browser.resize(width: width, height: 844, isPhone: width < 500)
      try await browser.prefer(dark: dark)
      try await browser.expectAccessible()
      try await ask(question, in: browser)
      try await browser.expectAccessible()
      let overflow = try await browser.run(
        "return document.documentElement.scrollWidth - document.documentElement.clientWidth")
      #expect(overflow == 0)
    }
  }

  @Test func `a server that cannot be reached is said, and the question can be tried again`() async throws {
    let browser = try BrowserScope.browser
    try await withRAGServer { server in
      try await browser.open("http://127.0.0.1:\(server.port)/")
      try await browser.wait(for: "document.activeElement.id === 'question'")
      // Chromium ignores the conditions of a session that has not enabled its domain.
      try await browser.develop("Network.enable", [:])
      try await browser.develop(
        "Network.emulateNetworkConditions",
        ["offline": true, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1])
      try await browser.type(question + Key.enter, into: "#question")
      try await browser.find(".turn .notice.bad")
      #expect(
        try await browser.text("document.querySelector('.notice.bad').innerText").contains(
          "cannot be reached"))
      try await browser.develop(
        "Network.emulateNetworkConditions",
        ["offline": false, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1])
      try await browser.click(".retry")
      try await browser.find(".answer button.cite")
      #expect(try await browser.count(".turn") == 1)
      _ = try await browser.messages()
      try await browser.go("about:blank")
    }
  }
}
