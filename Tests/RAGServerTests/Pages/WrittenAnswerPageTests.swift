import Commands
import Models
import TestSupport
import Testing

@testable import RAGServer

/// The chat page with answers that a language model writes, streamed.
@Suite(.serialized, .needsBrowser, .browser) struct WrittenAnswerPageTests {
  private static let answer = [
    "The knee **bends** by 120 degrees. [1]\n\n", "| Joint | Degrees |\n| --- | ---: |\n",
    "| Knee | 120 |\n\n",
    "```swift\nlet knee = 120\n```\n\n", "<img src=x onerror=\"document.title='hacked'\"> ",
    "[press](javascript:document.title='hacked')",
  ]

  private func withPage(
    _ answer: [String] = Self.answer, _ settings: [String: String] = [:],
    _ documents: [String: String] = RAGServerFixture.robots,
    model: any EmbeddingModel = HashingEmbeddingModel(dimensions: 512),
    _ body: (RAGServerFixture, FakeOpenAI, Browser) async throws -> Void
  ) async throws {
    let browser = try BrowserScope.browser
    let fake = try FakeOpenAI {
      $0.isOriginal = false
      $0.frames = FakeOpenAI.frames(answer)
    }
    let configure = asking(fake, ["ADMIN_API_KEY": "secret"].merging(settings) { $1 })
    try await withRAGServer(documents, model: model, configure: configure) { server in
      try await browser.open("http://127.0.0.1:\(server.port)/")
      try await body(server, fake, browser)
      #expect(try await browser.messages() == [])
      try await browser.go("about:blank")
    }
  }

  private func ask(_ question: String, in browser: Browser) async throws {
    try await browser.type(question + Key.enter, into: "#question")
    try await browser.find(".turn:last-child .actions")
  }

  @Test func `an answer's Markdown is shown, and nothing in it is run or loaded`() async throws {
    try await withPage { _, _, browser in
      try await ask("How far does the knee joint bend the leg?", in: browser)
      #expect(try await browser.text("document.querySelector('.answer strong').textContent") == "bends")
      #expect(try await browser.text("document.querySelector('.answer td.end').textContent") == "120")
      #expect(try await browser.text("document.querySelector('.answer pre').textContent") == "let knee = 120")
      #expect(try await browser.text("document.querySelector('.answer').textContent").contains("<img src=x"))
      #expect(try await browser.count(".answer img, .answer a") == 0)
      #expect(try await browser.text("document.title").contains("hacked") == false)
      try await browser.develop(
        "Browser.grantPermissions", ["permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]])
      try await browser.click(".answer .code button")
      try await browser.wait(for: "document.querySelector('.answer .code button').textContent === 'Copied'")
      try await browser.click(".answer button.cite")
      try await browser.find("#passage mark")
      try await browser.expectAccessible()
    }
  }

  @Test func `a sentence that no source supports is marked, or its absence is said`() async throws {
    let answer = [
      "🦿 The knee joint bends the leg by 120 degrees [1]. ", "Penguins live in the cold seas of the south. ",
      "The knee joint bends the leg by 120 degrees [1].",
    ]
    try await withPage(answer) { _, _, browser in
      try await ask("How far does the knee joint bend the leg?", in: browser)
      #expect(try await browser.count(".answer .doubt") == 1)
      let text = try await browser.text("document.querySelector('.answer').textContent")
        // Footnote marks are kept from wrapping away by word joiners.
        .replacing("\u{2060}", with: "")
      #expect(
        text.contains("seas of the south. unsupported") || text.contains("seas of the south.unsupported"))
      try await browser.expectAccessible()
    }
    try await withPage(answer, ["UNSUPPORTED": "drop"]) { _, _, browser in
      try await ask("How far does the knee joint bend the leg?", in: browser)
      #expect(try await browser.count(".answer .doubt") == 0)
      #expect(
        try await browser.text("document.querySelector('.dropped').textContent").hasPrefix("One sentence"))
    }
  }

  @Test func `an answer in another language than its sources is not marked, and said to be unchecked`()
    async throws
  {
    let answer = ["Das Knie beugt das Bein um 120 Grad, und es ist das stärkste Gelenk. [1]"]
    try await withPage(answer, [:], LanguageHintTests.documents, model: LanguageHintTests.LocalModel()) {
      _, _, browser in
      try await ask("Wie weit beugt das Knie das Bein?", in: browser)
      #expect(try await browser.count(".answer .doubt") == 0)
      #expect(
        try await browser.text("document.querySelector('.answer + div > .hint').innerText")
          == LanguageHintTests.unchecked)
      #expect(try await browser.count(".caution") == 0)
      try await browser.expectAccessible()
    }
  }

  @Test func `below an answer of low confidence the page says so, also when it comes back`() async throws {
    let caution = "The documents may not answer this."
    try await withPage(["Penguins live in the cold seas of the south [1]."]) { server, _, browser in
      try await ask("How far does the knee joint bend the leg?", in: browser)
      func shown() async throws -> String {
        try await browser.text("document.querySelector('.answer + div > .caution').innerText")
      }
      #expect(try await shown() == caution)
      // The announcement is made once, by the one live region.
      let said = try await browser.text("document.querySelector('#status').textContent")
      #expect(said.hasPrefix("Answer: Penguins") && said.hasSuffix(" \(caution)"), "\(said)")
      #expect(
        try await browser.count(":is([aria-live], [role=status], [role=alert]) .caution, .caution[role]") == 0
      )
      for dark in [false, true] {
        try await browser.prefer(dark: dark)
        try await browser.expectAccessible()
      }
      try await browser.prefer(dark: false)
      let id = try await browser.text("location.hash")
      try await browser.go("http://127.0.0.1:\(server.port)/docs")
      try await browser.go("http://127.0.0.1:\(server.port)/\(id)")
      try await browser.find(".turn .caution")
      #expect(try await shown() == caution)
    }
    try await withPage(["The knee joint bends the leg by 120 degrees [1]."]) { _, _, browser in
      try await ask("How far does the knee joint bend the leg?", in: browser)
      #expect(try await browser.count(".caution") == 0)
    }
  }

  @Test func `an answer can be stopped and tried again`() async throws {
    try await withPage { _, fake, browser in
      fake.provider.misbehave(.stall(afterBytes: 900))
      try await browser.type("How far does the knee bend?" + Key.enter, into: "#question")
      try await browser.find(".answer p")
      #expect(try await browser.text("document.querySelector('#send').ariaLabel") == "Stop the answer")
      try await browser.press(Key.escape)
      try await browser.find(".turn .notice")
      #expect(
        try await browser.text("document.querySelector('.notice').innerText") == "You stopped this answer.")
      #expect(try await browser.text("document.querySelector('.answer').innerText").isEmpty == false)
      try await browser.click(".retry")
      try await browser.find(".notes")
      #expect(try await browser.count(".turn") == 1)
      #expect(try await browser.count(".answer table") == 1)
    }
  }

  @Test func `the documents' own sentences in a failed model's place are marked as such`() async throws {
    try await withPage { _, fake, browser in
      fake.provider.misbehave(.answer(FakeOpenAI.error(401, code: "invalid_api_key")))
      try await ask("How far does the knee joint bend the leg?", in: browser)
      #expect(
        try await browser.text("document.querySelector('.turn .notice').innerText")
          .contains("the documents' own sentences"))
      #expect(try await browser.text("document.querySelector('.answer').innerText").contains("120 degrees"))
      try await browser.expectAccessible()
    }
  }

  @Test func `conversations are listed, come back after a reload, go on, and can be deleted`() async throws {
    try await withPage { server, _, browser in
      try await ask("How far does the knee joint bend the leg?", in: browser)
      try await browser.click("#new")
      try await ask("What is an eye?", in: browser)
      try await browser.wait(for: "document.querySelectorAll('#conversations li').length === 2")
      try await browser.go("http://127.0.0.1:\(server.port)/")
      try await browser.find("#conversations li:nth-child(2) a")
      try await browser.click("#conversations li:nth-child(2) a")
      try await browser.find(".turn .notes")
      #expect(try await browser.text("document.querySelector('.question').textContent").contains("knee"))
      #expect(try await browser.count(".answer table") == 1)
      try await ask("And how far back?", in: browser)
      #expect(try await browser.count(".turn") == 2)
      try await browser.run("window.confirm = () => true")
      try await browser.run("document.querySelector('#conversations [aria-current] ~ button').click()")
      try await browser.wait(for: "document.querySelectorAll('#conversations li').length === 1")
      try await browser.wait(for: "!document.querySelector('#welcome').hidden")
    }
  }

  @Test func `a rating and its comment arrive`() async throws {
    try await withPage { server, _, browser in
      try await ask("How far does the knee joint bend the leg?", in: browser)
      try await browser.click(".rate[aria-label='A poor answer']")
      try await browser.find(".comment textarea:focus")
      #expect(try await browser.text("document.querySelectorAll('.rate')[1].ariaPressed") == "true")
      try await browser.expectAccessible()
      try await browser.type("Which leg?", into: ".comment textarea")
      try await browser.run("document.querySelector('.comment').requestSubmit()")
      try await browser.wait(for: "document.querySelector('.comment').hidden")
      let reply = try await server.send("GET", "/api/admin/feedback", headers: ["X-API-Key: secret"])
        .json(JSONValue.self)
      let stored = try #require(reply["feedback"]?.array)
      #expect(stored.count == 1 && stored[0]["rating"] == -1 && stored[0]["comment"] == "Which leg?")
    }
  }
}
