import Glibc
import SQLite

/// A corpus file: documents, their chunks, vectors and lexical index.
///
/// Any number of processes may read while one writes. An actor on a thread of its own, since SQLite blocks.
public actor Corpus {
  public enum Access: Sendable {
    /// The corpus must exist.
    case read
    /// The corpus must exist and can be written.
    case write
    /// The corpus is made if there is none.
    case create
  }

  public nonisolated let path: String
  let connection: Connection
  private let file: CorpusFile
  private nonisolated let executor: DatabaseExecutor
  /// The websites of folders as they were last read, with the text that they were read from.
  var siteLinks: (text: String?, book: SiteLinkBook) = (nil, SiteLinkBook())

  public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  /// Opens the corpus at `path`, bringing its tables up to date.
  ///
  /// - Throws: `CorpusError` if it is missing, no corpus, damaged, or made by a newer version.
  public init(path: String, access: Access) throws {
    self.path = path
    executor = DatabaseExecutor(label: "footnote.corpus")
    let found = CorpusFile(path, access: access)
    connection = try Self.reported(path) { try Self.opened(path, access, found) }
    file = found.isFixed ? found : CorpusFile(path, access: .write)
  }

  public nonisolated var isReplaced: Bool { file.isReplaced }

  /// The corpus at `path` for reading; nil if there is no file.
  public static func existing(at path: String) throws -> Corpus? {
    FileAccess.exists(path) ? try Corpus(path: path, access: .read) : nil
  }

  private static func opened(_ path: String, _ access: Access, _ file: CorpusFile) throws -> Connection {
    guard access == .create || FileAccess.exists(path) else { throw CorpusError.missing(path) }
    // Even readers of a write-ahead log write to its index, unless the file or its folder is read-only.
    let isOnlyRead = access == .read && (file.isFixed || !FileAccess.isWritable(path))
    let mode: Connection.Mode = access == .create ? .create : isOnlyRead ? file.reading : .readWrite
    if access == .create { FileAccess.createPrivately(path) }
    let connection = try Connection(path: path, mode: mode)
    var contents = try Contents(of: connection)
    if access != .create {
      // Another process may just be making it, which takes a moment.
      for _ in 0..<100 where contents.isEmpty {
        usleep(10_000)
        contents = try Contents(of: connection)
      }
      guard !contents.isEmpty else { throw CorpusError.unfinished(path) }
    }
    let version = contents.version
    if contents.isEmpty {
      // Vectors of 384 values fill pages of 8 KiB to 96 %, of the usual 4 KiB to 77 %.
      try connection.execute(
        "PRAGMA page_size = 8192; PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL")
    } else if contents.application != Schema.applicationID {
      throw CorpusError.notACorpus(path)
    }
    guard version <= Schema.migrations.version else { throw CorpusError.newer(path, version: version) }
    if access != .read || version < Schema.migrations.version { try Schema.migrations.apply(to: connection) }
    if !contents.isEmpty, version < Schema.migrations.version {
      // Who copies the file, and not its log, shall have all of it.
      try connection.forEach("PRAGMA wal_checkpoint(TRUNCATE)") { _ in }
    }
    try connection.execute(
      "PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY"
    )
    return connection
  }

  /// What tells whether a file is a corpus.
  private struct Contents {
    var application = 0
    var version = 0
    var tables = 0

    var isEmpty: Bool { application == 0 && version == 0 && tables == 0 }

    init(of connection: Connection) throws {
      do {
        // One view of all three.
        (application, version, tables) = try connection.transaction(immediate: false) {
          (
            try connection.first("PRAGMA application_id") { $0.integer(0) } ?? 0,
            try connection.schemaVersion,
            try connection.first("SELECT count(*) FROM sqlite_schema") { $0.integer(0) } ?? 0
          )
        }
      } catch let error as SQLiteError where error.isNoDatabase {
        throw CorpusError.notACorpus(connection.path)
      }
    }
  }

  /// Runs `body` and puts SQLite's errors into the corpus's words.
  static func reported<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as SQLiteError {
      throw CorpusError.storage(error, path: path)
    }
  }

  func reported<Result>(_ body: () throws -> Result) throws -> Result {
    let result = try Self.reported(path, body)
    try file.checkUnchanged()
    return result
  }

  /// Runs `body` in one write transaction that also counts the generation up, so that readers see a new corpus
  /// whole or not at all.
  @discardableResult
  func write<Result>(_ body: () throws -> Result) throws -> Result {
    try reported {
      try connection.transaction {
        let result = try body()
        try connection.run("UPDATE settings SET value = value + 1 WHERE key = 'generation'")
        try forgetOldChanges()
        return result
      }
    }
  }

  /// Runs `body` with one unchanging view of the corpus.
  func read<Result>(_ body: () throws -> Result) throws -> Result {
    try reported { try connection.transaction(immediate: false, body) }
  }

  /// Counts committed changes: it differs whenever what a search may find differs.
  public var generation: Int {
    get throws { try reported { try setting("generation").flatMap { Int($0) } ?? 0 } }
  }

  func setting(_ key: String) throws -> String? {
    try connection.first("SELECT value FROM settings WHERE key = ?", .text(key)) { $0.text(0) }
  }

  func set(_ key: String, _ value: String?) throws {
    if let value {
      try connection.run("INSERT OR REPLACE INTO settings VALUES (?, ?)", .text(key), .text(value))
    } else {
      try connection.run("DELETE FROM settings WHERE key = ?", .text(key))
    }
  }

  /// Keeps what makes a large corpus open fast, and moves the write-ahead log into the file, so that the file alone is
  /// the corpus.
  public func checkpoint() throws {
    try saveCodes()
    try reported { try connection.forEach("PRAGMA wal_checkpoint(TRUNCATE)") { _ in } }
  }
}
