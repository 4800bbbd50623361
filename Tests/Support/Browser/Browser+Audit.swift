import FoundationEssentials
import Models

extension Browser {
  /// Path of axe-core, which `scripts/test.sh` installs; nil where it is not there.
  public static var auditScript: String? {
    ProcessInfo.processInfo.environment["FOOTNOTE_AXE"].flatMap { path in
      FileManager.default.isReadableFile(atPath: path) ? path : nil
    }
  }

  /// Looks for violations of WCAG 2.2 at levels A and AA with axe-core: one text each, empty for none.
  ///
  /// The script is put in by the debugger, which no Content-Security-Policy keeps out.
  public func audit() async throws -> [String] {
    guard let path = Self.auditScript else { return [] }
    if try await run("return typeof axe") != "object" {
      let script = try Data(contentsOf: URL(filePath: path))
      try await develop("Runtime.evaluate", ["expression": .string(String(decoding: script, as: UTF8.self))])
    }
    let result = try await develop(
      "Runtime.evaluate",
      [
        "awaitPromise": true, "returnByValue": true,
        "expression": """
        axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})
          .then((found) => found.violations.flatMap((violation) => violation.nodes.map((node) =>
            `${violation.id}: ${node.target.join(' ')}: ${node.failureSummary}`)))
        """,
      ])
    return (result["result"]?["value"]?.array ?? [.string("the audit did not run")]).compactMap(\.string)
  }
}
