import Retrieval

/// A step of an answer that is being made.
public enum AnswerEvent: Sendable, Equatable {
  /// The question as it is searched for, where the conversation made another one of it.
  case rewritten(String)
  /// What was found, best first; comes once more where a tool has found more, all passages in one list.
  case passages([Passage])
  /// A tool that was used.
  case tool(ToolUse)
  /// The next characters of the answer. Put together they are the final answer's text.
  case delta(String)
  /// What the numbers in the text so far mean; comes again with each sentence that cites something new.
  case citations([Citation])
  /// The text so far is void, and this one takes its place: the chat model failed in the middle of a sentence, and the
  /// answer is now made of the documents' own ones.
  case replaced(String)
  /// The whole answer, always last.
  case done(Answer)
}
