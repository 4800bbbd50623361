import FoundationEssentials
import HTTPServer
import State

/// The whole log as one JSON object: for each user a list of `{user, bot, timestamp}`, oldest conversation first, sent
/// as it is read.
struct ConversationExport: Sendable {
  let conversations: any ConversationStore

  private struct Entry: Encodable {
    var user: String?
    var bot: String?
    var timestamp: String
  }

  func response() -> Response {
    .stream(contentType: "application/json") { writer in
      var separator = "{\n"
      for (name, owners) in try await owners().sorted(by: { $0.key < $1.key }) {
        try await writer.write(
          separator + String(decoding: try JSONCoding.encoder.encode(name), as: UTF8.self) + ": [")
        var comma = "\n"
        for owner in owners.sorted(by: { $0.key < $1.key }) {
          for conversation in try await ids(of: owner) {
            for entry in Self.entries(try await conversations.messages(of: conversation, last: nil)) {
              let json = String(decoding: try JSONCoding.encoder.encode(entry), as: UTF8.self)
              try await writer.write(comma + "  " + json)
              comma = ",\n"
            }
          }
        }
        try await writer.write("\n]")
        separator = ",\n"
      }
      try await writer.write(separator == "{\n" ? "{}\n" : "\n}\n")
    }
  }

  /// Owners by the name that they have in the log; an account and a mere name may share one.
  private func owners() async throws -> [String: Set<Owner>] {
    let seen = Seen()
    try await conversations.forEachMessage(since: nil) { conversation, _ in await seen.add(conversation.owner)
    }
    return await seen.owners
  }

  /// Oldest first.
  private func ids(of owner: Owner) async throws -> [String] {
    var ids: [String] = []
    while true {
      let page = try await conversations.conversations(of: owner, after: ids.last, limit: 500)
      ids += page.map(\.id)
      if page.count < 500 { return ids.reversed() }
    }
  }

  /// Questions with their answers; either may stand alone.
  private static func entries(_ messages: [StoredMessage]) -> [Entry] {
    var entries: [Entry] = []
    for message in messages {
      switch message.role {
      case .user:
        entries.append(Entry(user: message.text, bot: nil, timestamp: message.createdAt.timestamp))
      case .assistant:
        if let last = entries.last, last.bot == nil {
          entries[entries.count - 1].bot = message.text
        } else {
          entries.append(Entry(user: nil, bot: message.text, timestamp: message.createdAt.timestamp))
        }
      }
    }
    return entries
  }

  private actor Seen {
    private(set) var owners: [String: Set<Owner>] = [:]
    func add(_ owner: Owner) { owners[owner.name, default: []].insert(owner) }
  }
}
