import FoundationEssentials
import Glibc
import HTTPClient
import Models

/// A headless Chromium with one page.
public final class Browser {
  private let driver: ChromeDriver
  private let session: String

  /// Whether Debian's packages `chromium` and `chromium-driver` are here.
  public static let isInstalled = ChromeDriver.programs.allSatisfy { access($0, X_OK) == 0 }

  private init() async throws {
    driver = try await ChromeDriver()
    let arguments: [JSONValue] = [
      // The sandbox cannot be set up in a container, and the pages are our own.
      "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
    ]
    let created = try await driver.command(
      .post, "/session",
      [
        "capabilities": [
          "alwaysMatch": [
            "browserName": "chrome", "goog:chromeOptions": ["args": .array(arguments)],
            "goog:loggingPrefs": ["browser": "ALL"],
          ]
        ]
      ])
    guard let session = created["sessionId"]?.string else {
      throw ChromeDriver.Failure(description: "there is no session")
    }
    self.session = "/session/\(session)"
  }

  /// Starts a browser for `body` and ends it afterwards.
  public static func run<Result>(_ body: (Browser) async throws -> Result) async throws -> Result {
    let browser = try await Browser()
    let result: Result
    do {
      result = try await body(browser)
    } catch {
      await browser.close()
      throw error
    }
    await browser.close()
    return result
  }

  private func close() async {
    _ = try? await driver.command(.delete, session)
    await driver.stop()
  }

  /// Opens a page with nothing stored, in a desktop's window and light colours.
  public func open(_ address: String) async throws {
    try await resize(width: 1280, height: 860)
    try await prefer(dark: false)
    _ = try await messages()
    try await go(address)
  }

  /// Opens a page and keeps what is stored.
  public func go(_ address: String) async throws {
    try await driver.command(.post, session + "/url", ["url": .string(address)])
  }

  /// Runs the body of a function in the page and returns what it returns.
  @discardableResult
  public func run(_ script: String, _ arguments: [JSONValue] = []) async throws -> JSONValue {
    try await driver.command(
      .post, session + "/execute/sync", ["script": .string(script), "args": .array(arguments)])
  }

  /// The value of an expression as text; empty for null.
  public func text(_ expression: String) async throws -> String {
    try await run("const value = (\(expression)); return value == null ? '' : String(value)").string ?? ""
  }

  public func count(_ selector: String) async throws -> Int {
    try await run("return document.querySelectorAll(arguments[0]).length", [.string(selector)]).integer ?? 0
  }

  /// Returns once an expression is true.
  public func wait(for expression: String, within limit: Duration = .seconds(30)) async throws {
    let end = ContinuousClock.now + limit
    while try await run("return Boolean(\(expression))") != .bool(true) {
      guard ContinuousClock.now < end else {
        throw ChromeDriver.Failure(
          description: "\(expression) did not become true; the page says: "
            + (try await text("document.body.innerText.slice(0, 800)")) + " "
            + (try await messages().joined(separator: " ")))
      }
      try await Task.sleep(for: .milliseconds(30))
    }
  }

  /// Returns once an element is there.
  public func find(_ selector: String) async throws {
    try await wait(for: "document.querySelector(\(JSONValue.string(selector).text))")
  }

  /// Clicks an element, also one that the page puts in the place of the one that was found.
  public func click(_ selector: String) async throws {
    for attempt in 1... {
      do {
        try await driver.command(.post, session + "/element/\(element(selector))/click")
        return
      } catch let failure as ChromeDriver.Failure {
        guard attempt < 5, failure.description.contains("stale element") else { throw failure }
      }
    }
  }

  /// Presses the keys of `text` with an element in focus.
  public func type(_ text: String, into selector: String) async throws {
    try await driver.command(
      .post, session + "/element/\(element(selector))/value", ["text": .string(text)])
  }

  /// Presses keys wherever the focus is, all of them held until the last is pressed.
  public func press(_ keys: String...) async throws {
    let down = keys.map { JSONValue.object(["type": "keyDown", "value": .string($0)]) }
    let up = keys.reversed().map { JSONValue.object(["type": "keyUp", "value": .string($0)]) }
    try await driver.command(
      .post, session + "/actions",
      ["actions": [["type": "key", "id": "keyboard", "actions": .array(down + up)]]])
  }

  private func element(_ selector: String) async throws -> String {
    let found = try await driver.command(
      .post, session + "/element", ["using": "css selector", "value": .string(selector)])
    guard case .object(let members) = found, let id = members.values.first?.string else {
      throw ChromeDriver.Failure(description: "there is no element '\(selector)'")
    }
    return id
  }

  /// Sends a command of the DevTools protocol.
  @discardableResult
  public func develop(_ command: String, _ parameters: JSONValue) async throws -> JSONValue {
    try await driver.command(
      .post, session + "/goog/cdp/execute", ["cmd": .string(command), "params": parameters])
  }

  public func resize(width: Int, height: Int, isPhone: Bool = false) async throws {
    try await develop(
      "Emulation.setDeviceMetricsOverride",
      [
        "width": .integer(width), "height": .integer(height), "deviceScaleFactor": 1,
        "mobile": .bool(isPhone),
      ])
  }

  public func prefer(dark: Bool) async throws {
    try await develop(
      "Emulation.setEmulatedMedia",
      ["features": [["name": "prefers-color-scheme", "value": dark ? "dark" : "light"]]])
  }

  /// What the page and the browser wrote to the console since the last call: errors, refused loads.
  public func messages() async throws -> [String] {
    let entries = try await driver.command(.post, session + "/se/log", ["type": "browser"])
    return (entries.array ?? []).compactMap { $0["message"]?.string }
  }

  /// A picture of the page as PNG, in base 64.
  public func picture() async throws -> String {
    try await driver.command(.get, session + "/screenshot").string ?? ""
  }

  /// Chooses a file in an input for files.
  public func choose(_ path: String, in selector: String) async throws {
    try await driver.command(
      .post, session + "/element/\(element(selector))/value", ["text": .string(path)])
  }
}

/// Keys without a character (WebDriver, section 17.4.2).
public enum Key {
  public static let enter = "\u{E007}"
  public static let escape = "\u{E00C}"
  public static let tab = "\u{E004}"
  public static let shift = "\u{E008}"
  public static let alt = "\u{E00A}"
}
