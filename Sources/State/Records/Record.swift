import FoundationEssentials
import Models

/// Something that happened or is to be kept, of a named kind: feedback, an analytics event, a client's error, the use
/// of a model, a refused question, a task, an upload, a file of a thread.
public struct Record: Sendable, Equatable {
  /// Names of kinds that more than one part of the server uses.
  public enum Kind {
    /// A rating of an answer: `message`, `rating` (1 or -1), `comment`.
    public static let feedback = "feedback"
    /// `model`, `requests` (1 where it is left out), `prompt_tokens`, `completion_tokens`, `search_units`, `cost` (United
    /// States dollars), `key`.
    public static let usage = "usage"
    /// A question and how it was answered: `question`, `answered`, `confidence`, `degraded`, `best_score`.
    public static let question = "question"
    /// What a page reported: `message`, `stack`, `url`.
    public static let clientError = "client_error"
    public static let analytics = "analytics"
    public static let task = "task"
    public static let upload = "upload"
    /// Whose secret one of OpenAI's ChatKit sessions is: `user`, `thread`.
    public static let chatKitSession = "chatkit_session"
  }

  /// Unique among all records.
  public var id: String
  public var kind: String
  public var owner: Owner?
  public var createdAt: Date
  public var updatedAt: Date
  /// What it is about: a conversation, a message or another record.
  public var subject: String?
  /// An object.
  public var content: JSONValue

  public init(
    id: String, kind: String, owner: Owner? = nil, createdAt: Date, updatedAt: Date? = nil,
    subject: String? = nil, content: JSONValue
  ) {
    self.id = id
    self.kind = kind
    self.owner = owner
    self.createdAt = createdAt
    self.updatedAt = updatedAt ?? createdAt
    self.subject = subject
    self.content = content
  }
}
