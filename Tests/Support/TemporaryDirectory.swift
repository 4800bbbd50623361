import FoundationEssentials

/// Makes an empty directory for `body` and removes it with all that is in it afterwards.
public func withTemporaryDirectory<Result>(_ body: (String) throws -> Result) throws -> Result {
  let directory = try makeTemporaryDirectory()
  defer { try? FileManager.default.removeItem(atPath: directory) }
  return try body(directory)
}

/// Makes an empty directory for `body` and removes it with all that is in it afterwards.
public func withTemporaryDirectory<Result>(
  isolation: isolated (any Actor)? = #isolation, _ body: (String) async throws -> Result
) async throws -> Result {
  let directory = try makeTemporaryDirectory()
  defer { try? FileManager.default.removeItem(atPath: directory) }
  return try await body(directory)
}

/// Writes `text` to a file, making the folders above it.
public func write(_ text: String, to path: String) throws {
  try write(Array(text.utf8), to: path)
}

/// Writes `bytes` to a file, making the folders above it.
public func write(_ bytes: [UInt8], to path: String) throws {
  let parent = path[..<(path.lastIndex(of: "/") ?? path.startIndex)]
  try FileManager.default.createDirectory(atPath: String(parent), withIntermediateDirectories: true)
  try Data(bytes).write(to: URL(filePath: path))
}

private func makeTemporaryDirectory() throws -> String {
  let base = FileManager.default.temporaryDirectory.path(percentEncoded: false)
  let directory = (base.hasSuffix("/") ? String(base.dropLast()) : base) + "/footnote-\(UUID().uuidString)"
  try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
  return directory
}
