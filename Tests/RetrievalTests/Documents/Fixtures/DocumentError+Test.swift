@testable import Retrieval

extension DocumentError {
  /// The error that `body` throws; nil if it throws none or another.
  static func thrown(by body: () throws -> Void) -> DocumentError? {
    do {
      try body()
      return nil
    } catch {
      return error as? DocumentError
    }
  }
}

extension ParsedDocument {
  /// Each block as its kind and its text, such as "h1 Title" or "p Text".
  var outline: [String] {
    let utf8 = Array(text.utf8)
    return blocks.map { block in
      let text = String(decoding: utf8[block.range], as: UTF8.self)
      return switch block.kind {
      case .heading(let level): "h\(level) \(text)"
      case .paragraph: "p \(text)"
      case .listItem: "li \(text)"
      case .quote: "quote \(text)"
      case .table: "table \(text)"
      case .code: "code \(text)"
      }
    }
  }
}
