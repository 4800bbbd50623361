/// What a chat has exported as JSON: messages that say who wrote what, and when.
///
/// The names of members are those of the exports of Slack, Telegram, Discord (DiscordChatExporter), Signal, Teams and
/// Messenger, and of what programs call the same.
struct ChatExport {
  struct Message: Equatable {
    /// As the export has it, or `2025-02-03 09:12` of seconds since 1970, in UTC.
    var time: String?
    var author: String?
    var text: String
  }

  /// A conversation with its name, where the export gives one.
  struct Conversation: Equatable {
    var name: String?
    var messages: [Message]
  }

  let conversations: [Conversation]

  /// Levels below the root at which lists of messages are looked for.
  private static let depth = 4
  /// Part of the members of a list, that hold text, that have to say who wrote it and when.
  private static let share = 0.8

  /// Nil for anything else.
  init?(_ tree: JSONTree) {
    var found: [Conversation] = []
    Self.collect(tree, name: nil, depth: Self.depth, into: &found)
    guard !found.isEmpty else { return nil }
    conversations = found
  }

  private static func collect(_ tree: JSONTree, name: String?, depth: Int, into found: inout [Conversation]) {
    guard depth > 0 else { return }
    switch tree {
    case .array(let values):
      if let messages = messages(values) {
        found.append(Conversation(name: name, messages: messages))
      } else {
        for value in values { collect(value, name: nil, depth: depth - 1, into: &found) }
      }
    case .object(let members):
      let own = tree[["name", "title"]].flatMap(plain) ?? tree["channel"]?["name"].flatMap(plain) ?? name
      for member in members { collect(member.value, name: own, depth: depth - 1, into: &found) }
    case .null, .bool, .number, .string: return
    }
  }

  /// The messages of a list; nil if it is one of something else.
  private static func messages(_ values: [JSONTree]) -> [Message]? {
    var messages: [Message] = []
    var complete = 0
    for value in values {
      guard let message = message(value) else { continue }
      messages.append(message)
      if message.author != nil, message.time != nil { complete += 1 }
    }
    // What holds no text are pictures and calls.
    guard complete > 1, Double(complete) >= share * Double(messages.count), messages.count * 2 >= values.count
    else { return nil }
    return messages
  }

  private static func message(_ value: JSONTree) -> Message? {
    // What has a title is an article, or an entry of something.
    guard case .object = value, value[["title", "subject"]] == nil else { return nil }
    let text = value[texts].flatMap(plain) ?? action(value)
    guard let text else { return nil }
    return Message(time: value[times].flatMap(time), author: author(value), text: Whitespace.collapsed(text))
  }

  /// What somebody did instead of writing: "invite members: Luis".
  private static func action(_ value: JSONTree) -> String? {
    guard let action = value["action"].flatMap(plain) else { return nil }
    let named = value[["members", "title_new", "inviter"]].flatMap(plain)
    return action.replacing("_", with: " ") + (named.map { ": \($0)" } ?? "")
  }

  private static func author(_ value: JSONTree) -> String? {
    // An identifier stands beside the name.
    if let profile = value["user_profile"], let name = profile[people].flatMap(plain) { return name }
    guard let person = value[authors] else { return nil }
    if case .object = person { return (person[people] ?? person["user"]?[people]).flatMap(plain) }
    return plain(person).map { Whitespace.collapsed($0) }
  }

  /// The words of a value: of a string, of the parts of a message, or of what holds them.
  private static func plain(_ value: JSONTree) -> String? {
    switch value {
    case .string(let text): return text.allSatisfy(\.isWhitespace) ? nil : text
    case .array(let parts):
      let texts = parts.compactMap(plain)
      let isList = parts.allSatisfy { if case .string = $0 { true } else { false } }
      return texts.isEmpty ? nil : texts.joined(separator: isList ? ", " : "")
    case .object: return (value[["text", "content", "body"]]).flatMap(plain)
    case .null, .bool, .number: return nil
    }
  }

  private static func time(_ value: JSONTree) -> String? {
    switch value {
    case .number(let text): return epoch(text) ?? text
    case .string(let text): return epoch(text) ?? written(text)
    default: return nil
    }
  }

  /// `2025-02-03T09:12:00` with a space, to the minute; anything else as it is.
  private static func written(_ text: String) -> String? {
    let bytes = Array(text.utf8)
    guard bytes.count >= 16, bytes[4] == UInt8(ascii: "-"), bytes[10] == UInt8(ascii: "T"),
      bytes[13] == UInt8(ascii: ":")
    else { return text.isEmpty ? nil : text }
    return "\(bytes[..<10].string) \(bytes[11..<16].string)"
  }

  /// The day and minute of seconds since 1970, or of thousandths of them; nil for what is no such number.
  private static func epoch(_ text: String) -> String? {
    guard var seconds = Double(text), seconds > 100_000_000, seconds < 1e14 else { return nil }
    if seconds > 1e11 { seconds /= 1000 }
    let minutes = Int(seconds) / 60
    let (year, month, day) = date(minutes / 1440)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(year)-\(two(month))-\(two(day)) \(two(minutes / 60 % 24)):\(two(minutes % 60))"
  }

  /// The Gregorian date of a day since 1970-01-01 (Hinnant, "chrono-Compatible Low-Level Date Algorithms").
  private static func date(_ days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    )
  }

  private static let texts = ["text", "content", "message", "body"]
  private static let authors = [
    "from", "author", "sender", "sender_name", "username", "user_name", "user", "actor",
  ]
  private static let times = [
    "date", "timestamp", "time", "ts", "created_at", "createdAt", "createdDateTime", "datetime", "sent_at",
    "timestamp_ms",
  ]
  private static let people = ["real_name", "display_name", "displayName", "name", "nickname", "username"]
}
