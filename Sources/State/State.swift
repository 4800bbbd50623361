/// What a server remembers of the people who use it: everything that is not the corpus.
///
/// Any number of servers may share one state; nothing that must outlive a request is kept in a process.
public struct State: Sendable {
  public let conversations: any ConversationStore
  public let limits: any LimitStore
  public let accounts: any AccountStore
  public let records: any RecordStore
  let backends: [any StateBackend]

  public init(
    conversations: any ConversationStore, limits: any LimitStore, accounts: any AccountStore,
    records: any RecordStore
  ) {
    self.init(
      conversations: conversations, limits: limits, accounts: accounts, records: records, backends: [])
  }

  init(
    conversations: any ConversationStore, limits: any LimitStore, accounts: any AccountStore,
    records: any RecordStore, backends: [any StateBackend]
  ) {
    self.conversations = conversations
    self.limits = limits
    self.accounts = accounts
    self.records = records
    self.backends = backends
  }

  /// All of it in one SQL database.
  init(_ database: some StateDatabase & StateBackend) {
    self.init(
      conversations: SQLConversationStore(database: database), limits: SQLLimitStore(database: database),
      accounts: SQLAccountStore(database: database), records: SQLRecordStore(database: database),
      backends: [database])
  }

  /// A database that state is kept in.
  public struct Part: Sendable {
    let backend: any StateBackend

    /// `state_database` or `redis`.
    public var name: String { backend.part }
    /// What it is and where, without passwords.
    public var place: String { backend.place }

    /// Writes something and reads it back.
    ///
    /// - Throws: `StateError` if that does not work.
    public func check() async throws { try await backend.check() }
  }

  /// The databases, for health checks.
  public var parts: [Part] { backends.map(Part.init) }

  /// Closes the databases once what is under way has ended; later use throws `StateError.unavailable`.
  public func close() async {
    for backend in backends { await backend.close() }
  }
}
