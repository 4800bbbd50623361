import Commands
import FoundationEssentials
import HTTPClient

/// Fetches the files of one model from a hub in the layout of Hugging Face: `HUB/MODEL/resolve/main/FILE`.
struct ModelDownload {
  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  /// Files of a sentence encoder or cross-encoder; those that are not required may be missing.
  private static let files: [(name: String, required: Bool)] = [
    ("config.json", true), ("tokenizer_config.json", false), ("special_tokens_map.json", false),
    ("vocab.txt", false), ("tokenizer.json", false), ("modules.json", false),
    ("sentence_bert_config.json", false), ("config_sentence_transformers.json", false),
    ("1_Pooling/config.json", false), ("model.safetensors", true),
  ]
  private static let largest = 8 << 30

  let hub: String
  let model: String
  let directory: String
  let replaces: Bool
  let client: HTTPClient
  let log: Log

  func run() async throws {
    for file in Self.files {
      let path = directory + "/" + file.name
      if !replaces, FileManager.default.fileExists(atPath: path) { continue }
      try await fetch(file.name, to: path, required: file.required)
    }
    let hasVocabulary = ["vocab.txt", "tokenizer.json"].contains {
      FileManager.default.fileExists(atPath: directory + "/" + $0)
    }
    guard hasVocabulary else {
      throw Failure(description: "Model '\(model)' at \(hub) has neither vocab.txt nor tokenizer.json.")
    }
  }

  private func fetch(_ file: String, to path: String, required: Bool) async throws {
    let base = hub.hasSuffix("/") ? String(hub.dropLast()) : hub
    var request = HTTPRequest(.get, "\(base)/\(model)/resolve/main/\(file)")
    request.redirects = 5
    request.maximumResponseBytes = Self.largest
    request.deadline = .now + .seconds(3600)
    let response = try await client.stream(request)
    if response.head.status == 404, !required { return }
    guard response.head.isSuccess else {
      throw Failure(
        description:
          "Cannot fetch '\(file)' of model '\(model)' from \(hub): status \(response.head.status). "
          + "Check the name and the address.")
    }
    let expected = response.head.headers["content-length"].flatMap { Int($0) }
    let bar = ProgressBar("Fetching \(file)", unit: "kB", total: expected.map { $0 / 1000 }, log: log)
    defer { bar.finish() }
    let parent = path[..<(path.lastIndex(of: "/") ?? path.startIndex)]
    try FileManager.default.createDirectory(atPath: String(parent), withIntermediateDirectories: true)
    let partial = path + ".partial"
    var writer = try FileWriter(path: partial)
    var count = 0
    for try await bytes in response.body {
      try writer.write(bytes)
      count += bytes.count
      bar.update(done: count / 1000)
    }
    try writer.close()
    // A transfer that ends early is reported by the client, one that is padded is not.
    if let expected, response.head.headers["content-encoding"] == nil, count != expected {
      throw Failure(description: "'\(file)' has \(count) bytes in place of \(expected). Try again.")
    }
    _ = try? FileManager.default.removeItem(atPath: path)
    try FileManager.default.moveItem(atPath: partial, toPath: path)
  }
}
