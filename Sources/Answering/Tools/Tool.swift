import Models
import State

/// Something that a chat model, or a client of another protocol, may have done.
public protocol Tool: Sendable {
  /// Its name, what it is for, and the JSON Schema of its arguments.
  var definition: ChatTool { get }

  /// What is special about its use.
  var traits: ToolTraits { get }

  /// Does it. `arguments` is an object that the schema lets through.
  ///
  /// - Throws: `ToolError` with a text for the caller; any other error is shown as a failure without its reason.
  func call(_ arguments: JSONValue, _ context: ToolContext) async throws -> JSONValue
}

extension Tool {
  public var traits: ToolTraits { ToolTraits() }
}

/// What a caller may want to know before it uses a tool.
public struct ToolTraits: Sendable, Equatable {
  /// A short name for people.
  public var title: String?
  /// Whether it changes nothing.
  public var isReadOnly = false
  /// Whether it may remove or overwrite something.
  public var isDestructive = false
  /// Whether doing it twice is the same as doing it once.
  public var isIdempotent = false
  /// Whether it reaches beyond this service.
  public var isOpenWorld = false
  /// JSON Schema of what it returns; nil if it promises nothing.
  public var result: JSONValue?
  /// Whether what it did is an answer of its own, which needs no source from the corpus.
  public var answers = true

  public init(
    title: String? = nil, isReadOnly: Bool = false, isDestructive: Bool = false, isIdempotent: Bool = false,
    isOpenWorld: Bool = false, result: JSONValue? = nil, answers: Bool = true
  ) {
    self.title = title
    self.isReadOnly = isReadOnly
    self.isDestructive = isDestructive
    self.isIdempotent = isIdempotent
    self.isOpenWorld = isOpenWorld
    self.result = result
    self.answers = answers
  }
}

/// For whom and how long a tool works.
public struct ToolContext: Sendable {
  /// Whose tasks are meant; nil for nobody's.
  public var owner: Owner?
  /// Passages that the answer may cite, by number.
  public var sources: NumberedSources
  /// When the result must be there.
  public var deadline: ContinuousClock.Instant
  /// Told about steps of long work: how much is done, of how much, and what is being done.
  public var progress: @Sendable (Double, Double?, String) async -> Void

  public init(
    owner: Owner? = nil, sources: NumberedSources = NumberedSources(),
    deadline: ContinuousClock.Instant = .now + .seconds(60),
    progress: @escaping @Sendable (Double, Double?, String) async -> Void = { _, _, _ in }
  ) {
    self.owner = owner
    self.sources = sources
    self.deadline = deadline
    self.progress = progress
  }
}

/// A failure whose text is meant for whoever called the tool, who may do better with it.
public struct ToolError: Error, Sendable, Equatable, CustomStringConvertible {
  public var message: String

  public init(_ message: String) { self.message = message }

  public var description: String { message }
}
