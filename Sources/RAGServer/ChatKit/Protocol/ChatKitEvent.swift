/// An event of a stream of the ChatKit protocol.
enum ChatKitEvent: Sendable {
  enum Icon: String, Sendable, Encodable {
    case search, bolt
    case bookOpen = "book-open"
  }

  enum Level: String, Sendable, Encodable {
    case info, warning
  }

  /// A change of the one part of an answer that is being written.
  enum Update: Sendable {
    case partAdded
    case delta(String)
    case annotation(Int, ChatKitAnnotation)
    case partDone(ChatKitText)
  }

  case threadCreated(ChatKitThread)
  case itemAdded(ChatKitItem)
  case itemUpdated(String, Update)
  case itemDone(ChatKitItem)
  case itemReplaced(ChatKitItem)
  case itemRemoved(String)
  /// The client may leave whenever it likes: that ends the work.
  case options
  case progress(Icon, String)
  case notice(Level, title: String, message: String)
  /// Always last. The client shows a text of its own where there is no message.
  case error(message: String?, allowRetry: Bool)
}

extension ChatKitEvent: Encodable {
  private enum CodingKeys: String, CodingKey {
    case type, thread, item, update, icon, text, level, title, message, code
    case itemID = "item_id"
    case options = "stream_options"
    case allowRetry = "allow_retry"
  }

  func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    func encode(item: ChatKitItem, _ type: String) throws {
      try values.encode(type, forKey: .type)
      try values.encode(item, forKey: .item)
    }
    switch self {
    case .threadCreated(let thread):
      try values.encode("thread.created", forKey: .type)
      try values.encode(thread, forKey: .thread)
    case .itemAdded(let item): try encode(item: item, "thread.item.added")
    case .itemDone(let item): try encode(item: item, "thread.item.done")
    case .itemReplaced(let item): try encode(item: item, "thread.item.replaced")
    case .itemRemoved(let id):
      try values.encode("thread.item.removed", forKey: .type)
      try values.encode(id, forKey: .itemID)
    case .itemUpdated(let id, let update):
      try values.encode("thread.item.updated", forKey: .type)
      try values.encode(id, forKey: .itemID)
      try values.encode(update, forKey: .update)
    case .options:
      try values.encode("stream_options", forKey: .type)
      try values.encode(["allow_cancel": true], forKey: .options)
    case .progress(let icon, let text):
      try values.encode("progress_update", forKey: .type)
      try values.encode(icon, forKey: .icon)
      try values.encode(text, forKey: .text)
    case .notice(let level, let title, let message):
      try values.encode("notice", forKey: .type)
      try values.encode(level, forKey: .level)
      try values.encode(title, forKey: .title)
      try values.encode(message, forKey: .message)
    case .error(let message, let allowRetry):
      try values.encode("error", forKey: .type)
      try values.encode(message == nil ? "stream.error" : "custom", forKey: .code)
      try values.encodeIfPresent(message, forKey: .message)
      try values.encode(allowRetry, forKey: .allowRetry)
    }
  }
}

extension ChatKitEvent.Update: Encodable {
  private enum CodingKeys: String, CodingKey {
    case type, content, delta, annotation
    case contentIndex = "content_index"
    case annotationIndex = "annotation_index"
  }

  func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode("assistant_message.content_part." + name, forKey: .type)
    // An answer has one part.
    try values.encode(0, forKey: .contentIndex)
    switch self {
    case .partAdded: try values.encode(ChatKitText(""), forKey: .content)
    case .delta(let text): try values.encode(text, forKey: .delta)
    case .annotation(let index, let annotation):
      try values.encode(index, forKey: .annotationIndex)
      try values.encode(annotation, forKey: .annotation)
    case .partDone(let text): try values.encode(text, forKey: .content)
    }
  }

  private var name: String {
    switch self {
    case .partAdded: "added"
    case .delta: "text_delta"
    case .annotation: "annotation_added"
    case .partDone: "done"
    }
  }
}
