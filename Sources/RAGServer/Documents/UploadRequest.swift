import FoundationEssentials
import HTTPServer

/// The documents that a `POST /api/documents` brings.
struct UploadRequest {
  struct File {
    var name: String
    var content: ArraySlice<UInt8>
  }

  /// Body of a request in JSON.
  private struct Body: ClosedBody {
    var name: String
    var text: String
    var collection: String?
    var tags: [String]?

    enum CodingKeys: String, CodingKey, CaseIterable {
      case name, text, collection, tags
    }
  }

  var files: [File]
  var collection: String
  var tags: [String]

  /// Reads a form with files, or one text in JSON.
  ///
  /// - Throws: `HTTPError` naming the field that cannot be used.
  init(_ request: Request) throws {
    let type = request.headers["Content-Type"].flatMap(MediaType.init(parsing:))
    if type?.essence == "multipart/form-data" {
      let parts = try request.decodeMultipart()
      func texts(_ name: String) throws -> [String] {
        try parts.filter { $0.name == name && $0.filename == nil }.map { part in
          guard let text = part.text else { throw HTTPError.badRequest("\(name): not UTF-8") }
          return text
        }
      }
      files = parts.filter { $0.filename != nil }.map { File(name: $0.filename ?? "", content: $0.content) }
      collection = try texts("collection").first ?? ""
      tags = try (texts("tags") + texts("tag")).flatMap { $0.split(separator: ",") }.map {
        String($0.drop { $0 == " " })
      }
    } else {
      let body = try request.decodeClosed(Body.self)
      files = [File(name: body.name, content: Array(body.text.utf8)[...])]
      collection = body.collection ?? ""
      tags = body.tags ?? []
    }
    if collection.isEmpty { collection = "default" }
    try check()
  }

  private func check() throws {
    guard !files.isEmpty else {
      throw HTTPError.badRequest(
        "The form has no file.",
        hint: "Send at least one; with curl: -F 'file=@name.md'.")
    }
    guard files.count <= 100 else {
      throw HTTPError.badRequest("file: more than 100", hint: "Send them in several requests.")
    }
    for file in files {
      try Self.check(file.name, field: "name", longest: 300)
      guard !file.content.isEmpty else {
        throw HTTPError.badRequest("'\(file.name)' is empty.", hint: "Send a document with text.")
      }
    }
    try Self.check(collection, field: "collection", longest: 100)
    _ = try RequestText.names(tags, field: "tags")
    for tag in tags { try Self.check(tag, field: "tags", longest: 100) }
  }

  private static func check(_ text: String, field: String, longest: Int) throws {
    guard (1...longest).contains(text.unicodeScalars.count),
      text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }),
      text.contains(where: { !$0.isWhitespace })
    else {
      throw HTTPError.badRequest(
        "\(field): expected 1 to \(longest) characters without control characters")
    }
  }
}
