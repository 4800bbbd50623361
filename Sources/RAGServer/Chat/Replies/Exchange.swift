import Answering
import State

/// A question of a conversation and its answer, as they were stored.
struct Exchange: Sendable {
  var conversation: String
  var question: StoredMessage
  var reply: StoredMessage
  var answer: Answer
}

/// A step of an exchange.
enum ExchangeEvent: Sendable {
  /// Any step of the answer but its end.
  case progress(AnswerEvent)
  /// Always last: both messages are stored.
  case done(Exchange)
}
