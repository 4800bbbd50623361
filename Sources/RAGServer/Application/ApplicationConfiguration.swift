import Commands
import HTTPClient
import HTTPServer
import MCP
import Models
import Retrieval

/// What a server serves, and how.
struct ApplicationConfiguration: Sendable {
  var server = ServerConfiguration()
  var settings: Settings
  /// Path of the corpus, and of what lies beside it.
  var database: String
  /// Where conversations, accounts and limits are kept.
  var state: StateSetup
  /// Opens the corpus, which is the file `database` unless it is said to be elsewhere.
  var corpus: @Sendable (Corpus.Access) async throws -> any CorpusStore
  /// Whether the corpus is on a server, where any number of processes may write it.
  var isCorpusShared = false
  /// How often it is looked whether another file lies in the corpus's place.
  var corpusInterval: Duration = .seconds(1)
  /// Sites whose pages may call; nil for none.
  var origins: CORS.Origins?
  /// How long a request may take before it is answered 504.
  var requestTimeout: Duration = .seconds(30)
  /// How long running requests may go on once the server is told to stop.
  var grace: Duration = .seconds(10)
  /// How long one health check may take.
  var checkDeadline: Duration = .milliseconds(1500)
  /// How long a health report is given out again.
  var healthLifetime: Duration = .seconds(5)
  /// Servers whose tools the chat model may call.
  var externalServers = MCPConfiguration()
  /// Bytes of one request with uploads.
  var uploadLimit = 64 << 20
  /// How long after its last sign of life a server that takes an upload in is taken for dead, in seconds.
  var uploadLease = 30.0
  /// What providers are reached with.
  var client = HTTPClient()
  var log: Log
  /// The chat model that the settings name now; nil where answers are extractive.
  var chatModel: @Sendable () throws -> (any ChatModel)? = { nil }
  /// What puts passages in order; nil for nothing.
  var reranker: @Sendable () throws -> Reranker? = { nil }
  /// What reranks where there is no reranker; nil for nothing.
  var sentences: SentenceReranker?
  /// What becomes of passages that belong together or repeat each other.
  var selection = PassageSelection()
  /// Where the vectors of a large corpus file are held.
  var vectors = VectorMemory.full
  /// The embedding model, given the one that the corpus was embedded with.
  var model: @Sendable (EmbeddingFingerprint?) async throws -> any EmbeddingModel

  /// Takes the lock that whoever writes the corpus holds.
  var ingestLock: @Sendable () async throws -> any Sendable {
    { [database, isCorpusShared] in
      let lock: IngestLock? = isCorpusShared ? nil : try await IngestLock.acquire(for: database)
      return lock as any Sendable
    }
  }

  init(
    database: String, log: Log, settings: Settings = Settings(environment: [:]),
    model: @escaping @Sendable (EmbeddingFingerprint?) async throws -> any EmbeddingModel
  ) {
    self.database = database
    state = StateSetup(database: database, settings: settings)
    corpus = { try Corpus(path: database, access: $0) }
    self.log = log
    self.settings = settings
    self.model = model
  }
}
