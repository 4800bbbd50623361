import Commands
import FoundationEssentials
import Glibc
import HTTPClient
import Models

/// A running `chromedriver`, which drives a headless Chromium by the WebDriver protocol (W3C Recommendation).
final class ChromeDriver {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  static let programs = ["/usr/bin/chromedriver", "/usr/bin/chromium"]

  private let process: ChildProcess
  private let client: HTTPClient
  private let base: String
  /// What the browser leaves lying about, removed when it stops.
  private let scratch = "/tmp/footnote-browser-\(UUID().uuidString)"

  init() async throws {
    try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: false)
    process = try ChildProcess(
      Self.programs[0], ["--port=0", "--log-level=SEVERE"],
      environment: ["PATH": "/usr/bin:/bin", "HOME": scratch, "TMPDIR": scratch, "LANG": "C.UTF-8"])
    var port: Int?
    for try await line in process.output {
      // "ChromeDriver was started successfully on port 38025."
      let words = line.split { $0 == " " || $0 == "." }
      guard line.contains("successfully"), let last = words.last else { continue }
      port = Int(last)
      break
    }
    guard let port else { throw Failure(description: "chromedriver did not say its port") }
    base = "http://127.0.0.1:\(port)"
    client = HTTPClient()
  }

  func stop() async {
    process.signal(SIGTERM)
    _ = await process.exitCode()
    try? FileManager.default.removeItem(atPath: scratch)
  }

  /// Sends one command and returns the `value` of its answer.
  @discardableResult
  func command(_ method: HTTPMethod, _ path: String, _ body: JSONValue? = nil) async throws -> JSONValue {
    let content = method == .post ? (body ?? [:]) : body
    let response = try await client.send(
      HTTPRequest(
        method, base + path, headers: ["Content-Type": "application/json"],
        body: content.map { Array($0.text.utf8) }, deadline: .now + .seconds(60)))
    let value = try JSONValue(parsing: response.body)["value"] ?? .null
    guard response.head.isSuccess else {
      throw Failure(description: "\(path): \(value["error"]?.string ?? "") \(value["message"]?.string ?? "")")
    }
    return value
  }
}
