import Commands
import FoundationEssentials
import Models
import State
import TestSupport
import Testing

@testable import RAGServer

@Suite(.serialized, .needsBrowser, .browser) struct ConsolePageTests {
  /// Opens the console of a server whose admin key is "secret" and signs in.
  private func withConsole(
    _ body: (RAGServerFixture, Browser) async throws -> Void
  ) async throws {
    let browser = try BrowserScope.browser
    let settings = Settings(environment: ["ADMIN_API_KEY": "secret"])
    try await withRAGServer(configure: setting(\.settings, settings)) { server in
      try await browser.open("http://127.0.0.1:\(server.port)/admin")
      try await browser.find(".entrance input[type=password]")
      try await browser.expectAccessible()
      try await browser.type("secret" + Key.enter, into: ".entrance input[type=password]")
      try await browser.find("#sections a[aria-current]")
      try await body(server, browser)
      #expect(try await browser.messages() == [])
      try await browser.go("about:blank")
    }
  }

  private func show(_ section: String, until selector: String, in browser: Browser) async throws {
    try await browser.run("location.hash = arguments[0]", [.string(section)])
    try await browser.find("#sections a[href='#\(section)'][aria-current]")
    try await browser.find("main \(selector)")
  }

  @Test func `nobody sees anything without the key, and it is forgotten with the tab`() async throws {
    let browser = try BrowserScope.browser
    let settings = Settings(environment: ["ADMIN_API_KEY": "secret"])
    try await withRAGServer(configure: setting(\.settings, settings)) { server in
      try await browser.open("http://127.0.0.1:\(server.port)/admin")
      try await browser.type("wrong" + Key.enter, into: ".entrance input[type=password]")
      try await browser.find(".entrance .notice.bad")
      let notice = try await browser.text("document.querySelector('.notice').textContent")
      // The reader types it here; headers are for programs.
      #expect(
        notice.hasPrefix("The key is wrong.") && notice.contains("ADMIN_API_KEY in the server's"), "\(notice)"
      )
      #expect(!notice.contains("Authorization"), "\(notice)")
      #expect(try await browser.count("#sections a") == 0)
      #expect(try await browser.text("sessionStorage.length + localStorage.length") == "0")
      _ = try await browser.messages()
      try await browser.go("about:blank")
    }
  }

  @Test func `every part's health is shown`() async throws {
    try await withConsole { _, browser in
      try await browser.find(".card .badge.good")
      #expect(
        try await browser.text("document.querySelector('.cards').innerText").contains("Embedding model"))
      for dark in [false, true] {
        try await browser.prefer(dark: dark)
        try await browser.expectAccessible()
      }
    }
  }

  @Test func `the playground shows what each leg found and why the first passage won`() async throws {
    try await withConsole { _, browser in
      try await show("search", until: "form input", in: browser)
      try await browser.type("How far does the knee bend?" + Key.enter, into: "main form input")
      try await browser.find(".passage")
      #expect(try await browser.text("document.querySelector('.why').textContent").contains("won because"))
      let legs = try await browser.text("document.querySelector('.legs').textContent")
      #expect(legs.contains("By meaning: rank 1") && legs.contains("By words: rank 1"))
      try await browser.expectAccessible()
    }
  }

  @Test func `a dropped file is sent, read, found and removed`() async throws {
    try await withConsole { server, browser in
      try await show("documents", until: "table", in: browser)
      try await browser.expectAccessible()
      try await browser.run(
        """
        const data = new DataTransfer();
        data.items.add(new File(['# Wing\\n\\nThe wing lifts by 9 newtons.'], 'wing.md', { type: 'text/markdown' }));
        document.querySelector('.drop').dispatchEvent(new DragEvent('drop', { dataTransfer: data, cancelable: true }));
        """)
      try await browser.find(".uploads .badge.good")
      try await browser.wait(for: "document.querySelector('main table').innerText.includes('Wing')")
      try await browser.type("wing", into: "main input[type=search]")
      #expect(try await browser.count("main tbody tr") == 1)
      try await browser.run("window.confirm = () => true")
      try await browser.click("main tbody button[aria-label^='Remove']")
      try await browser.wait(for: "!document.querySelector('main table')")
    }
  }

  @Test func `a document that was read in part says what is missing`() async throws {
    try await withConsole { _, browser in
      try await show("documents", until: "table", in: browser)
      try await browser.run(
        """
        const cells = [{ cell_type: 'markdown', source: 'The wing lifts.' }, { cell_type: 5 }];
        const data = new DataTransfer();
        data.items.add(new File([JSON.stringify({ nbformat: 4, metadata: {}, cells })], 'wing.ipynb'));
        document.querySelector('.drop').dispatchEvent(new DragEvent('drop', { dataTransfer: data, cancelable: true }));
        """)
      try await browser.find(".uploads .badge.good")
      try await browser.wait(
        for: "document.querySelector('main table').innerText.includes('in part: left out 1 damaged cells')")
      try await browser.expectAccessible()
    }
  }

  @Test func `a chosen file shows its progress until it can be searched`() async throws {
    try await withConsole { server, browser in
      try await show("documents", until: ".drop", in: browser)
      // What the bar and the badge say, in the order in which they say it.
      try await browser.run(
        """
        window.said = [];
        const note = (text) => said.at(-1) !== text && said.push(text);
        new MutationObserver(() => {
          const row = document.querySelector('.uploads li');
          if (!row) return;
          note(row.querySelector('.badge').textContent);
          const bar = row.querySelector('progress');
          if (bar) note(bar.hasAttribute('value') ? 'bar' : 'bar without end');
        }).observe(document.querySelector('main'), { subtree: true, childList: true, attributes: true });
        """)
      try await withTemporaryDirectory { directory in
        let text = "# Wing\n\n" + String(repeating: "The wing lifts by 9 newtons. ", count: 20_000)
        try write(text, to: directory + "/wing.md")
        try await browser.choose(directory + "/wing.md", in: "#files")
        try await browser.find(".uploads .badge.good")
      }
      let said = try await browser.run("return said").array?.compactMap(\.string) ?? []
      let expected = ["sending", "bar", "reading", "bar without end", "ready"]
      #expect(expected.allSatisfy(said.contains) && said.last == "ready", "\(said)")
      #expect(try await browser.count(".uploads progress") == 0)
      try await browser.wait(for: "document.querySelector('main table').innerText.includes('Wing')")
      try await browser.expectAccessible()
      let found = try await server.post("/api/search", #"{"query": "wing newtons", "k": 1}"#)
      #expect(found.text.contains("9 newtons"))
    }
  }

  @Test func `a place to drop files shows that it takes them`() async throws {
    try await withConsole { _, browser in
      try await show("documents", until: ".drop", in: browser)
      func drag(_ event: String) async throws -> String {
        try await browser.run(
          "document.querySelector('.drop').dispatchEvent(new DragEvent(arguments[0], { cancelable: true }))",
          [.string(event)])
        return try await browser.text("document.querySelector('.drop').className")
      }
      #expect(try await drag("dragover") == "drop over")
      #expect(try await drag("dragleave") == "drop")
    }
  }

  @Test func `a file that cannot be read says why`() async throws {
    try await withConsole { _, browser in
      try await show("documents", until: ".drop", in: browser)
      try await browser.run(
        """
        const data = new DataTransfer();
        data.items.add(new File([new Uint8Array([0x25, 0x50, 0x44, 0x46, 0x2d, 0x31])], 'broken.pdf'));
        document.querySelector('.drop').dispatchEvent(new DragEvent('drop', { dataTransfer: data, cancelable: true }));
        """)
      try await browser.find(".uploads .badge.bad")
      #expect(try await browser.text("document.querySelector('.uploads p').textContent").isEmpty == false)
    }
  }

  @Test func `conversations, ratings and usage are shown`() async throws {
    try await withConsole { server, browser in
      let reply = try await server.post(
        "/api/chat", #"{"message": "How far does the knee joint bend the leg?"}"#
      ).json(JSONValue.self)
      let message = try #require(reply["message_id"]?.string)
      _ = try await server.post(
        "/api/feedback", #"{"message_id": "\#(message)", "rating": -1, "comment": "Too short."}"#)
      try await show("conversations", until: "table", in: browser)
      #expect(try await browser.text("document.querySelector('main').innerText").contains("Too short."))
      try await browser.expectAccessible()
      try await browser.click("main td a")
      try await browser.find(".thread .assistant")
      #expect(try await browser.text("document.querySelector('.thread').innerText").contains("Rated poor"))
      try await browser.expectAccessible()
      try await show("usage", until: ".plot rect", in: browser)
      #expect(try await browser.text("document.querySelector('.figures dd').textContent") == "1")
      for dark in [false, true] {
        try await browser.prefer(dark: dark)
        try await browser.expectAccessible()
      }
    }
  }

  @Test func `what could not be answered is reported, and leads to the playground`() async throws {
    try await withConsole { server, browser in
      let reply = try await server.post(
        "/api/chat", #"{"message": "How do I bake bread with yeast?"}"#
      ).json(JSONValue.self)
      #expect(reply["answered"] == false, "\(reply.text)")
      try await show("gaps", until: "table", in: browser)
      #expect(
        try await browser.text("document.querySelector('main tbody').innerText").contains("answered once")
      )
      try await browser.expectAccessible()
      try await browser.click("main tbody a")
      try await browser.find("main form input")
      #expect(
        try await browser.text("document.querySelector('main form input').value").contains("yeast"))
    }
  }

  @Test func `a key is made, shown once and revoked`() async throws {
    try await withConsole { _, browser in
      try await show("keys", until: "form", in: browser)
      try await browser.type("Website", into: "main form input")
      try await browser.click("main form button.main")
      try await browser.find(".secret code")
      try await browser.expectAccessible()
      try await browser.run("window.confirm = () => true")
      try await browser.click("main tbody button[aria-label='Revoke Website']")
      try await browser.find("main tbody .badge.bad")
    }
  }

  @Test func `addresses of a key's sites stand whole, one below the other`() async throws {
    try await withConsole { server, browser in
      let admin = ["Authorization: Bearer secret", "Content-Type: application/json"]
      let sites = #"["https://documentation.staging.example.org", "https://intranet.example.org:8443"]"#
      let made = try await server.send(
        "POST", "/api/keys", headers: admin,
        body: #"{"name": "Website", "scopes": ["chat", "search"], "origins": \#(sites)}"#)
      #expect(made.status == 201, "\(made.text)")
      try await show("keys", until: "tbody .address", in: browser)
      let lines = try await browser.run(
        """
        return [...document.querySelectorAll('tbody .address')].map((address) => {
          const range = new Range();
          range.selectNodeContents(address);
          return `${range.getClientRects().length} ${address.textContent}`;
        })
        """)
      #expect(
        lines.array?.compactMap(\.string) == [
          "1 https://documentation.staging.example.org", "1 https://intranet.example.org:8443",
        ])
      // A table that is wider than the page scrolls by itself.
      try await browser.resize(width: 900, height: 700)
      #expect(try await browser.text("document.documentElement.scrollWidth <= innerWidth") == "true")
      try await browser.resize(width: 1200, height: 900)
      try await browser.expectAccessible()
    }
  }
}
