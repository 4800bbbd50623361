import Models
import Retrieval

/// A piece of what a chat model writes.
public enum ChatTurnEvent: Sendable {
  case text(String)
  /// Further sources that a tool has found; they are numbered on from those of the request.
  case sources([Passage])
  case tool(ToolUse)
  /// Tokens of one request to the model; several are added up.
  case usage(Usage)
  /// Once, last.
  case finish(FinishReason)
}

/// Gets a chat model to write an answer, in one request or in several.
public protocol ChatTurn: Sendable {
  /// Whether there may be an answer where no source was found.
  var worksWithoutSources: Bool { get }

  /// Returns when the answer is complete.
  ///
  /// - Parameters:
  ///   - request: instructions, history, the numbered sources and the question, and the deadline of it all.
  ///   - sources: how many sources the request has.
  ///   - receive: is given each event as it comes.
  /// - Throws: `ModelError`; without `finish` the answer counts as cancelled.
  func run(
    _ request: ChatRequest, with model: any ChatModel, sources: Int, _ receive: (ChatTurnEvent) -> Void
  ) async throws
}

extension ChatTurn {
  public var worksWithoutSources: Bool { false }
}

/// One request, its text as it comes.
public struct SingleTurn: ChatTurn {
  public init() {}

  public func run(
    _ request: ChatRequest, with model: any ChatModel, sources: Int, _ receive: (ChatTurnEvent) -> Void
  ) async throws {
    for try await event in model.stream(request) {
      switch event {
      case .textDelta(let text): receive(.text(text))
      case .usage(let usage): receive(.usage(usage))
      case .finish(let reason): receive(.finish(reason))
      // None was offered.
      case .toolCall: break
      }
    }
  }
}
