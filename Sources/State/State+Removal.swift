extension State {
  /// Removes a conversation with its messages, and what records hold of what was asked in it and said of its answers;
  /// what models took for it stays, without a word of it. False if there was none.
  @discardableResult
  public func remove(conversation id: String) async throws -> Bool {
    // First, so that nothing is left that nobody finds any more if this is broken off.
    try await forget(try await conversations.messages(of: id, last: nil))
    return try await conversations.remove(id)
  }

  /// Removes the messages of a conversation from `id` on, that one included, and what records hold of them.
  public func removeMessages(from id: String, of conversation: String) async throws {
    let all = try await conversations.messages(of: conversation, last: nil)
    try await forget(all.drop { $0.id != id })
    try await conversations.removeMessages(from: id, of: conversation)
  }

  private func forget(_ messages: some Sequence<StoredMessage>) async throws {
    var answers = messages.filter { $0.role == .assistant }.map(\.id)[...]
    while !answers.isEmpty {
      try await records.remove(
        kinds: [Record.Kind.question, Record.Kind.feedback], about: Array(answers.prefix(Self.step)))
      answers = answers.dropFirst(Self.step)
    }
  }

  /// Messages whose records are removed in one step.
  private static let step = 100
}
