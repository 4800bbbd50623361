import Accounts
import Models
import TestSupport
import Testing

@testable import RAGServer

/// People with accounts, on the chat page and in the console.
@Suite(.serialized, .needsBrowser, .browser) struct SignInPageTests {
  private func withServer(
    _ path: String, _ body: (RAGServerFixture, Browser) async throws -> Void
  ) async throws {
    let browser = try BrowserScope.browser
    let settings = ["JWT_SECRET": RAGServerFixture.secret, "ADMIN_API_KEY": "secret"]
    try await withRAGServer(configure: environment(settings)) { server in
      try await browser.open("http://127.0.0.1:\(server.port)\(path)")
      try await body(server, browser)
      // A refused sign-in is an error to the browser.
      _ = try await browser.messages()
      try await browser.go("about:blank")
    }
  }

  private func signIn(_ email: String, _ password: String, in browser: Browser, _ form: String) async throws {
    for (type, text) in [("email", email), ("password", password)] {
      try await browser.run(
        "document.querySelector(arguments[0]).value = ''", [.string("\(form) [type=\(type)]")])
      try await browser.type(text, into: "\(form) [type=\(type)]")
    }
    try await browser.type(Key.enter, into: "\(form) [type=password]")
  }

  @Test func `the chat page asks for an account where one is needed, and goes on with the question`()
    async throws
  {
    try await withServer("/") { server, browser in
      try await server.people.add(email: "ann@example.org", password: RAGServerFixture.password)
      try await browser.type("How far does the knee joint bend the leg?" + Key.enter, into: "#question")
      try await browser.find("dialog.sign-in[open]")
      try await browser.expectAccessible()
      try await signIn("ann@example.org", "wrong", in: browser, "dialog")
      try await browser.find("dialog .notice.bad:not([hidden])")
      try await signIn("ann@example.org", RAGServerFixture.password, in: browser, "dialog")
      try await browser.find(".answer button.cite")
      #expect(try await browser.count("dialog") == 0)
      #expect(try await browser.count(".turn") == 1, "the question was not asked twice")
      try await browser.wait(for: "document.querySelectorAll('#conversations li').length === 1")
      #expect(try await browser.text("localStorage.getItem('footnote.token')") == "", "it ends with the tab")

      // The account's conversations are the server's: they come back, and go with the account.
      try await browser.go("http://127.0.0.1:\(server.port)/")
      try await browser.find("#conversations li a")
      #expect(try await browser.text("document.querySelector('#account').innerText") == "Sign out")
      try await browser.click("#account")
      try await browser.wait(for: "document.querySelectorAll('#conversations li').length === 0")
      #expect(try await browser.text("document.querySelector('#account').hidden") == "true")
    }
  }

  @Test func `a sign-in that is called off leaves the question to be tried again`() async throws {
    try await withServer("/") { _, browser in
      try await browser.type("How far does the knee bend?" + Key.enter, into: "#question")
      try await browser.find("dialog.sign-in[open]")
      try await browser.press(Key.escape)
      try await browser.wait(for: "!document.querySelector('dialog')")
      try await browser.find(".turn .notice.bad")
      try await browser.find(".turn .retry")
    }
  }

  @Test func `an administrator's account opens the console, another one does not`() async throws {
    try await withServer("/admin") { server, browser in
      for (email, isAdministrator) in [("ann@example.org", false), ("root@example.org", true)] {
        try await server.people.add(
          email: email, password: RAGServerFixture.password, isAdministrator: isAdministrator)
      }
      try await browser.click(".entrance input[value=account]")
      try await browser.expectAccessible()
      try await signIn("ann@example.org", RAGServerFixture.password, in: browser, ".entrance")
      try await browser.wait(
        for: "document.querySelector('.entrance').innerText.includes('administrators')")
      #expect(try await browser.count("#sections a") == 0)
      try await signIn("root@example.org", RAGServerFixture.password, in: browser, ".entrance")
      try await browser.find(".card .badge")
      try await browser.click("#leave")
      try await browser.find(".entrance")
      #expect(try await browser.text("sessionStorage.length") == "0")
    }
  }
}
