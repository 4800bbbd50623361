/// Reads JSON: what chats export as one message after the other, with who wrote it and when, and anything else as the text
/// it is, that without line ends on lines of its own.
public struct JSONParser: DocumentParser {
  /// Bytes up to which a text is read for what is in it; a longer one stays as it is.
  private static let largest = 32 << 20
  /// Words above which a message is a paragraph, in sentences of its own.
  private static let longestLine = 60

  public init() {}

  public func parse(_ bytes: [UInt8], name: String = "") throws -> ParsedDocument {
    let (text, notes) = try TextDecoding.decodeUTF8(bytes)
    var builder = DocumentBuilder()
    builder.notes = notes
    // What is no JSON may hold comments, in which line ends and spaces matter.
    let tree = text.count <= Self.largest ? JSONTree(text) : nil
    if let export = tree.flatMap(ChatExport.init) {
      append(export, into: &builder)
    } else {
      SourceCode.append(tree == nil ? text : JSONLines.broken(text), into: &builder)
    }
    return builder.build()
  }

  private func append(_ export: ChatExport, into builder: inout DocumentBuilder) {
    for conversation in export.conversations {
      if let name = conversation.name {
        builder.append(.heading(level: 1), Whitespace.collapsed(name))
        if builder.title == nil, export.conversations.count == 1 {
          builder.title = Whitespace.collapsed(name)
        }
      }
      for message in conversation.messages {
        let head = [message.time, message.author].compactMap(\.self).joined(separator: ", ")
        let words = message.text.utf8.count { $0 == .space } + 1
        if words > Self.longestLine {
          builder.append(.paragraph, head.isEmpty ? message.text : "\(head): \(message.text)")
        } else {
          builder.append(.listItem, head.isEmpty ? "- \(message.text)" : "- \(head): \(message.text)")
        }
      }
    }
  }
}
