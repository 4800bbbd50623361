/// What a server remembers of the people who use it: everything that is not the corpus.
///
/// Any number of servers may share one state; nothing that must outlive a request is kept in a process.
public struct State: Sendable {
  public let conversations: any ConversationStore
  public let limits: any LimitStore
  public let accounts: any AccountStore
  public let records: any RecordStore

  public init(
    conversations: any ConversationStore, limits: any LimitStore, accounts: any AccountStore,
    records: any RecordStore
  ) {
    self.conversations = conversations
    self.limits = limits
    self.accounts = accounts
    self.records = records
  }
}
