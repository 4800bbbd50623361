import Models
import Synchronization

/// Has a chat model say of each chunk, in a sentence or two, what it is about within its document, so that a chunk that
/// only says "it" or "the second quarter" is found (contextual retrieval, Anthropic, 2024).
///
/// A description is put below the headings above a chunk: it is embedded and searched for, and never cited. Each is kept
/// in the corpus as soon as it has come, by the content that it was made from, so that none is paid for twice.
public final class ChunkDescriber: Sendable {
  /// What all descriptions of a run may cost.
  public enum Limit: Sendable, Equatable {
    /// United States dollars by the price list.
    case dollars(Double)
    /// Tokens of prompts and descriptions.
    case tokens(Int)
  }

  public struct Options: Sendable {
    /// Nil spends nothing: only descriptions that are known are used.
    public var limit: Limit?
    /// Requests at once.
    public var concurrency = 4
    /// For one request with its retries.
    public var timeout: Duration = .seconds(90)
    /// Attempts for one chunk where waiting may help.
    public var attempts = 5
    /// Told what each reply took, as soon as it has come.
    public var observe: @Sendable (Usage) async -> Void = { _ in }
    /// Waits between attempts; a test needs none.
    public var wait: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }

    public init(limit: Limit? = nil) {
      self.limit = limit
    }
  }

  /// Tokens that are left for a description in the embedding model's window.
  static let reserve = DescriptionPrompt.usualTokens

  let model: any ChatModel
  private let memory: any CrawlMemory
  private let options: Options
  private let spent = Mutex(DescriptionSummary())

  /// - Parameter memory: where descriptions are kept.
  public init(model: any ChatModel, memory: any CrawlMemory, options: Options = Options()) {
    self.model = model
    self.memory = memory
    self.options = options
  }

  public var modelName: String { model.name }

  /// What the corpus's fingerprint says of the descriptions: the model and how it is asked.
  public var name: String { "\(model.name);\(DescriptionPrompt.revision)" }

  /// The model that a fingerprint says chunks were described by; nil where another version of Footnote asked it in
  /// another way.
  public static func modelName(in descriptions: String) -> String? {
    let suffix = ";\(DescriptionPrompt.revision)"
    return descriptions.hasSuffix(suffix) ? String(descriptions.dropLast(suffix.count)) : nil
  }

  /// What this describer has done so far.
  public var summary: DescriptionSummary { spent.withLock { $0 } }

  private var shelf: String { "descriptions \(name)" }

  /// `document` with descriptions in the headers of its chunks, which a provider may have to be asked for.
  ///
  /// - Throws: `DescribingFailed` if the provider fails for good; `DescriptionLimitReached`. What has been described by
  ///   then is kept.
  func described(_ document: IndexedDocument, tokens: any TokenCounter) async throws -> IndexedDocument {
    let prompts = DescriptionPrompt.prompts(for: document)
    var known = try await self.known(prompts)
    let count = known.count
    spent.withLock { $0.known += count }
    let missing = prompts.indices.filter { known[$0] == nil }
    try await withThrowingTaskGroup(of: (Int, String?).self) { group in
      var queue = missing[...]
      for _ in 0..<max(1, options.concurrency) {
        guard let index = queue.popFirst() else { break }
        group.addTask { (index, try await self.describe(prompts[index])) }
      }
      while let (index, text) = try await group.next() {
        known[index] = text
        if let index = queue.popFirst() {
          group.addTask { (index, try await self.describe(prompts[index])) }
        }
      }
    }
    return document.described(known, tokens: tokens)
  }

  /// `document` with those descriptions that are kept, and what the others would cost.
  func planned(
    _ document: IndexedDocument, tokens: any TokenCounter
  ) async throws -> (document: IndexedDocument, plan: DescriptionSummary) {
    let prompts = DescriptionPrompt.prompts(for: document)
    let known = try await self.known(prompts)
    var plan = DescriptionSummary()
    let counter = EstimatedTokenCounter(window: .max)
    for (index, prompt) in prompts.enumerated() {
      if known[index] != nil {
        plan.known += 1
      } else {
        plan.described += 1
        plan.usage += Usage(
          promptTokens: prompt.tokens(counter), completionTokens: DescriptionPrompt.usualTokens)
      }
    }
    plan.cost = plan.usage.cost(of: model.name)
    return (document.described(known, tokens: tokens), plan)
  }

  /// Descriptions that are kept, by the prompt's position.
  private func known(_ prompts: [DescriptionPrompt]) async throws -> [Int: String] {
    var known: [Int: String] = [:]
    for (index, prompt) in prompts.enumerated() {
      if let text = try await memory.value(prompt.key, of: shelf) { known[index] = text }
    }
    return known
  }

  /// Asks for one description and keeps it; nil where the provider will not describe this text.
  private func describe(_ prompt: DescriptionPrompt) async throws -> String? {
    try checkLimit(prompt)
    let answer: ChatReply?
    do {
      answer = try await ask(prompt)
    } catch let error as ModelError where error.kind != .cancelled {
      throw DescribingFailed(model: model.name, cause: error)
    }
    guard let reply = answer else {
      spent.withLock { $0.undescribed += 1 }
      return nil
    }
    let text = DescriptionPrompt.cleaned(reply.text)
    let counter = EstimatedTokenCounter(window: .max)
    let usage =
      reply.usage
      ?? Usage(promptTokens: prompt.tokens(counter), completionTokens: counter.count(reply.text))
    let name = model.name
    spent.withLock { spent in
      spent.usage += usage
      spent.cost = spent.usage.cost(of: name)
      if text.isEmpty { spent.undescribed += 1 } else { spent.described += 1 }
    }
    await options.observe(usage)
    guard !text.isEmpty else { return nil }
    try await memory.set([prompt.key: text], of: shelf)
    return text
  }

  private func checkLimit(_ prompt: DescriptionPrompt) throws {
    let counter = EstimatedTokenCounter(window: .max)
    let next =
      summary.usage
      + Usage(promptTokens: prompt.tokens(counter), completionTokens: DescriptionPrompt.usualTokens)
    switch options.limit {
    case .tokens(let limit)? where next.totalTokens <= limit: return
    // A model without a price is one's own.
    case .dollars(let limit)? where next.cost(of: model.name) ?? 0 <= limit: return
    default: throw DescriptionLimitReached(model: model.name, summary: summary)
    }
  }

  private func ask(_ prompt: DescriptionPrompt) async throws -> ChatReply? {
    var prompt = prompt
    var pause = Duration.seconds(2)
    for attempt in 1... {
      do {
        return try await model.complete(
          ChatRequest(
            messages: prompt.messages, temperature: 0, maximumTokens: DescriptionPrompt.maximumTokens,
            deadline: .now + options.timeout))
      } catch let error as ModelError {
        switch error.kind {
        case .contextLengthExceeded where prompt.hasContext: prompt = prompt.withoutContext
        // This text, and no other, is refused.
        case .contextLengthExceeded, .invalidRequest: return nil
        case .rateLimited, .timeout, .unavailable, .invalidResponse:
          guard attempt < options.attempts else { throw error }
          try await options.wait(min(error.retryAfter ?? pause, .seconds(120)))
          pause = pause * 2
        case .authentication, .quotaExceeded, .modelNotFound, .cancelled: throw error
        }
      }
    }
    return nil
  }
}
