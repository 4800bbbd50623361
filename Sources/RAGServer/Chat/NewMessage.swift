import Answering
import FoundationEssentials
import Retrieval
import State

/// What somebody says in a conversation.
struct NewMessage: Sendable {
  var text: String
  var conversation: Conversation
  /// Whom the records name; the conversation's owner, unless somebody else may write there too.
  var owner: Owner
  /// Chat model that the caller asks for; nil for the one of the settings.
  var model: String?
  var filter = SearchFilter()
  /// Ids under which both messages are stored.
  var id = UUID().uuidString.lowercased()
  var replyID = UUID().uuidString.lowercased()
  /// When the reply is said to have been made; when it is stored if nil.
  var repliedAt: Date?
  /// Whether the message is a stored one, of this id, that is answered now; what follows it is not history.
  var isStored = false
  /// When the request came, from which its time counts.
  var received: ContinuousClock.Instant

  init(
    _ text: String, in conversation: Conversation, model: String? = nil,
    received: ContinuousClock.Instant = .now
  ) {
    self.text = text
    self.conversation = conversation
    owner = conversation.owner
    self.model = model
    self.received = received
  }
}
