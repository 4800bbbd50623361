import HTTPServer
import State

/// Whoever asks for a conversation: what is proven, and what is merely said.
///
/// A conversation belongs to the account of a token, to a signed session, or to the name that a request gives itself.
/// Nobody is asked to prove such a name, so its conversations are as private as the name; frontends that need more send
/// a token. Those without any name are all `anonymous`: what one of them says never reaches another, because each
/// begins a conversation of its own, whose id cannot be guessed and is all that it takes to go on.
struct Visitor: Sendable {
  static let anonymous = "anonymous"

  var caller: Caller
  /// `user_id` of the request.
  var name: String?
  /// Id of the signed session that the request carries.
  var session: String?

  init(_ caller: Caller, name: String? = nil, session: String? = nil) {
    self.caller = caller
    self.name = name
    self.session = session
  }

  /// Whose a conversation is that this visitor begins.
  var owner: Owner {
    if caller.user == nil, let session { return .session(session) }
    return caller.owner(named: name)
  }

  var isAnonymous: Bool { owner == .named(Self.anonymous) }

  /// Whether the visitor may see which conversations the owner has; a name that is merely said lists nothing.
  var mayListAll: Bool {
    caller.user != nil || session != nil || (caller.chatKit?.proof == .vouched && !isAnonymous)
  }

  /// Whether the visitor may read and continue it.
  func mayUse(_ conversation: Conversation) -> Bool {
    conversation.owner == owner || conversation.owner == .named(Self.anonymous)
  }

  /// An administrator may also read and remove those of others.
  func maySee(_ conversation: Conversation) -> Bool { caller.isAdministrator || mayUse(conversation) }
}
