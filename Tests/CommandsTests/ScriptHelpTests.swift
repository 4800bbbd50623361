import FoundationEssentials
import TestSupport
import Testing

/// The scripts of this repository.
@Suite struct ScriptHelpTests {
  /// The repository that this file is in.
  private static let root = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }

  private static var scripts: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root + "/scripts")) ?? []
    return names.filter { $0.hasSuffix(".sh") }.sorted()
  }

  @Test(arguments: ["--help", "-h"])
  func `every script says what it does, and does nothing else`(option: String) async throws {
    #expect(Self.scripts.count >= 8)
    for script in Self.scripts {
      // With no program to be found but the shell's own and what the help needs, nothing could be done.
      let child = try ChildProcess(
        "/bin/bash", [Self.root + "/scripts/" + script, option],
        environment: ["PATH": "/usr/bin:/bin", "HOME": "/nonexistent"])
      var lines: [String] = []
      for try await line in child.output { lines.append(line) }
      #expect(await child.exitCode() == 0, "\(script)")
      #expect(
        lines.count >= 2 && !lines.contains { $0.hasPrefix("#") || $0.hasPrefix("set ") },
        "\(script): \(lines)")
    }
  }
}
