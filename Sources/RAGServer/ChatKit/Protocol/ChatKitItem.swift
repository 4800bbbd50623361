import Answering
import FoundationEssentials
import Models
import State

/// An item of a thread: somebody's message, or an answer.
enum ChatKitItem: Sendable {
  case user(ChatKitUserMessage)
  case assistant(ChatKitAssistantMessage)

  init(_ message: StoredMessage, thread: String) {
    switch message.role {
    case .user: self = .user(ChatKitUserMessage(message, thread: thread))
    case .assistant: self = .assistant(ChatKitAssistantMessage(message, thread: thread))
    }
  }
}

extension ChatKitItem: Encodable {
  func encode(to encoder: any Encoder) throws {
    switch self {
    case .user(let message): try message.encode(to: encoder)
    case .assistant(let message): try message.encode(to: encoder)
    }
  }
}

struct ChatKitUserMessage: Encodable, Sendable {
  let type = "user_message"
  var id: String
  var threadID: String
  var createdAt: String
  var content: [JSONValue]
  let attachments: [String] = []
  var quotedText: String?
  var inferenceOptions: JSONValue

  enum CodingKeys: String, CodingKey {
    case type, id, content, attachments
    case threadID = "thread_id"
    case createdAt = "created_at"
    case quotedText = "quoted_text"
    case inferenceOptions = "inference_options"
  }

  /// A message of any interface; one that came through this protocol is as it came.
  init(_ message: StoredMessage, thread: String) {
    id = message.id
    threadID = thread
    createdAt = message.createdAt.timestamp
    let kept = message.detail["chatkit"]
    content = kept?["content"]?.array ?? [["type": "input_text", "text": .string(message.text)]]
    quotedText = kept?["quoted_text"]?.string
    inferenceOptions = kept?["inference_options"] ?? [:]
  }
}

struct ChatKitAssistantMessage: Encodable, Sendable {
  let type = "assistant_message"
  var id: String
  var threadID: String
  var createdAt: String
  var content: [ChatKitText]

  enum CodingKeys: String, CodingKey {
    case type, id, content
    case threadID = "thread_id"
    case createdAt = "created_at"
  }

  init(id: String, thread: String, createdAt: Date, content: [ChatKitText] = []) {
    self.id = id
    threadID = thread
    self.createdAt = createdAt.timestamp
    self.content = content
  }

  /// A stored answer with its citations, whatever interface asked for it.
  init(_ message: StoredMessage, thread: String) {
    let stored = message.detail["citations"]
    let citations = stored.flatMap {
      try? JSONDecoder().decode([Citation].self, from: Data($0.text.utf8))
    }
    self.init(
      id: message.id, thread: thread, createdAt: message.createdAt,
      content: [ChatKitText(message.text, citations: citations ?? [])])
  }
}

/// A part of an answer.
struct ChatKitText: Encodable, Sendable {
  let type = "output_text"
  var text: String
  var annotations: [ChatKitAnnotation] = []

  init(_ text: String, citations: [Citation] = []) {
    self.text = Self.inert(text)
    annotations = ChatKitAnnotation.all(in: text, citations)
  }

  /// Markdown without pictures, which ChatKit's page would load from wherever a document says: the full-width
  /// exclamation mark keeps positions as they are.
  static func inert(_ text: String) -> String { text.replacing("![", with: "！[") }
}
