import Processes

@testable import Retrieval

/// A Git repository, to ask the real program what it ignores. Each set of rules has a folder of its own.
struct GitFixture {
  private let folder: TemporaryFolder
  private let git: String
  private let limits = ChildProcess.Limits(processorSeconds: 20, seconds: 20, memoryBytes: 1 << 30)
  private var paths: [String] = []
  private var count = 0

  init() throws {
    guard let git = Launch.find("git") else { throw DocumentError(.missingTool, "git") }
    self.git = git
    folder = try TemporaryFolder()
    _ = try run(["init", "-q"], input: "")
  }

  /// Asks about paths under an ignore file; those with a trailing slash are made as folders.
  ///
  /// - Returns: the paths as `ignored` names them.
  mutating func add(_ content: String, _ paths: [String]) throws -> [String] {
    count += 1
    try folder.write("\(count)/.gitignore", content)
    return try paths.map { path in
      if path.hasSuffix("/") { try folder.makeFolder("\(count)/\(path)") }
      // Git would look at the empty name behind a slash at the end.
      let given = "\(count)/\(path.hasSuffix("/") ? path.dropLast() : path[...])"
      self.paths.append(given)
      return given
    }
  }

  /// What Git ignores of the paths added.
  func ignored() throws -> Set<String> {
    let output = try run(
      ["check-ignore", "--no-index", "--stdin", "-z"], input: paths.map { $0 + "\0" }.joined())
    return Set(output.split(separator: 0).map { String(decoding: $0, as: UTF8.self) })
  }

  private func run(_ arguments: [String], input: String) throws -> [UInt8] {
    var output: [UInt8] = []
    let file = try TemporaryFile(Array(input.utf8))
    let outcome = try ChildProcess(program: git, limits: limits).run(
      ["-C", folder.path] + arguments, input: file
    ) { part in output.append(contentsOf: part) }
    // check-ignore exits with 1 where it ignores none.
    guard outcome.ending == .exited(0) || outcome.ending == .exited(1) else {
      throw DocumentError(.unreadable, outcome.errors)
    }
    return output
  }
}
