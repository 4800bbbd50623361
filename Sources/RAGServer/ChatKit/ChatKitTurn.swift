import Answering
import FoundationEssentials
import HTTPServer

/// Turns the steps of an answer into events of the protocol.
struct ChatKitTurn {
  let thread: String
  /// Under which the answer will be stored.
  let item: String
  /// When it is said to have been made, from its first event on.
  let createdAt: Date
  private var hasBegun = false
  private var hasRead = false
  /// An exclamation mark that may begin a picture.
  private var held = ""

  init(thread: String, item: String, createdAt: Date) {
    self.thread = thread
    self.item = item
    self.createdAt = createdAt
  }

  /// What comes before the first step.
  static let opening: [ChatKitEvent] = [.options, .progress(.search, "Searching the documents")]

  mutating func events(for event: ExchangeEvent) -> [ChatKitEvent] {
    switch event {
    case .progress(.rewritten(let question)): return [.progress(.search, "Searching for “\(question)”")]
    case .progress(.passages(let passages)):
      guard !hasRead, !passages.isEmpty else { return [] }
      hasRead = true
      return [.progress(.bookOpen, "Reading \(Self.names(passages.map { $0.title ?? $0.document }))")]
    case .progress(.tool(let use)):
      return [.progress(.bolt, use.isError ? "The tool \(use.name) failed" : "Used the tool \(use.name)")]
    case .progress(.delta(let text)):
      let text = held + text
      held = text.hasSuffix("!") ? "!" : ""
      let known = ChatKitText.inert(String(text.dropLast(held.count)))
      return begun() + (known.isEmpty ? [] : [.itemUpdated(item, .delta(known))])
    case .progress(.replaced(let text)):
      held = ""
      let whole = ChatKitAssistantMessage(
        id: item, thread: thread, createdAt: createdAt, content: [ChatKitText(text)])
      return begun() + [.itemReplaced(.assistant(whole))]
    case .progress: return []
    case .done(let exchange): return begun() + finished(exchange)
    }
  }

  /// How a stream ends where there is no answer: what was shown of it is taken back.
  func events(for error: HTTPError) -> [ChatKitEvent] {
    let status = error.status.code
    let isUnexpected = error.status == .internalServerError
    let message = [error.message, error.hint].compactMap { $0 }.joined(separator: " ")
    return (hasBegun ? [.itemRemoved(item)] : []) + [
      .error(message: isUnexpected ? nil : message, allowRetry: status >= 500 || status == 429)
    ]
  }

  private mutating func begun() -> [ChatKitEvent] {
    guard !hasBegun else { return [] }
    hasBegun = true
    let empty = ChatKitAssistantMessage(id: item, thread: thread, createdAt: createdAt)
    return [.itemAdded(.assistant(empty)), .itemUpdated(item, .partAdded)]
  }

  private func finished(_ exchange: Exchange) -> [ChatKitEvent] {
    let text = ChatKitText(exchange.answer.answer, citations: exchange.answer.citations)
    let annotations: [ChatKitEvent] = text.annotations.enumerated().map { index, annotation in
      .itemUpdated(item, .annotation(index, annotation))
    }
    let rest: [ChatKitEvent] = held.isEmpty ? [] : [.itemUpdated(item, .delta(held))]
    return rest + annotations + Self.notices(exchange.answer) + [
      .itemUpdated(item, .partDone(text)), .itemDone(ChatKitItem(exchange.reply, thread: thread)),
    ]
  }

  /// What a reader shall know of an answer besides its text.
  private static func notices(_ answer: Answer) -> [ChatKitEvent] {
    var notices: [ChatKitEvent] = []
    if let reason = answer.degradedReason {
      let why = [reason.message, reason.hint].compactMap { $0 }.joined(separator: " ")
      notices.append(
        answer.model == nil && reason.part != .search
          ? .notice(
            .warning, title: "The documents' own sentences",
            message: "The chat model did not write this answer: \(why)")
          : .notice(
            .warning, title: "Found by words alone", message: "The search could not look for meaning: \(why)")
      )
    }
    if answer.hasLowConfidence {
      notices.append(.notice(.info, title: "Not a sure answer", message: Answer.caution))
    }
    if let hint = answer.hint {
      notices.append(.notice(.info, title: "Question and documents are in two languages", message: hint))
    }
    if answer.sentences?.contains(where: { !$0.isSupported }) == true {
      notices.append(
        .notice(
          .info, title: "Not all of it has a source",
          message: "Sentences of this answer that no source supports bear no footnote."))
    }
    if answer.isCutOff {
      notices.append(
        .notice(
          .info, title: "The answer is cut off",
          message: "The chat model came to its limit before it had said everything."))
    }
    return notices
  }

  /// The first three different names, and how many more there are.
  private static func names(_ all: [String]) -> String {
    var names: [String] = []
    for name in all where !names.contains(name) { names.append(name) }
    let rest = names.count - 3
    if rest > 0 { names[3...] = [rest == 1 ? "1 other" : "\(rest) others"] }
    guard let last = names.popLast() else { return "" }
    return names.isEmpty ? last : "\(names.joined(separator: ", ")) and \(last)"
  }
}
