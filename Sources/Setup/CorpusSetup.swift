import Commands
import HTTPClient
import Qdrant
import Retrieval

/// Opens the corpus that flags and settings name: a file, or one on a Qdrant server.
public struct CorpusSetup: Sendable {
  /// Variables that decide about the corpus, for `--help`.
  public static let variables = [
    EnvironmentVariable(
      "VECTOR_MEMORY",
      "full, or compact: a large corpus file's vectors stay on disk, and a sixth of their size in memory."),
    EnvironmentVariable(
      "FOOTNOTE_VECTOR_KERNELS",
      "portable or avx2: compare vectors without a processor's newer instructions; not read from .env."),
    EnvironmentVariable("QDRANT_URL", "Keep the corpus on this Qdrant server unless --db names a file."),
    EnvironmentVariable("QDRANT_API_KEY", "Key of the Qdrant server."),
    EnvironmentVariable("QDRANT_COLLECTION", "Name of the corpus on the Qdrant server; footnote by default."),
    EnvironmentVariable(
      "QDRANT_QUANTIZATION", "int8 or none: how a corpus that is made there finds candidates."),
    EnvironmentVariable(
      "QDRANT_ON_DISK", "true keeps vectors and payloads of a corpus that is made there on disk."),
    EnvironmentVariable(
      "QDRANT_SHARDS", "Shards of a corpus that is made there; as many as nodes by default."),
    EnvironmentVariable(
      "QDRANT_REPLICAS", "Copies of each shard of a corpus that is made there; 1 by default."),
  ]

  public enum Place: Sendable {
    case file(String)
    case qdrant(QdrantClient, name: String)
  }

  /// What the address of a Qdrant server looks like.
  public static let serverExample = "http://localhost:6333"

  private let settings: Settings
  private let client: HTTPClient

  public init(settings: Settings, client: HTTPClient) {
    self.settings = settings
    self.client = client
  }

  /// Where the corpus is; a file may be the address of a server.
  ///
  /// - Parameter file: what `--db` and its default say; it counts before QDRANT_URL only if `isExplicit`.
  public func place(file: String, isExplicit: Bool) throws(UsageError) -> Place {
    guard !isExplicit, let url = try settings.address("QDRANT_URL", like: Self.serverExample) else {
      return try place(named: file)
    }
    return .qdrant(qdrant(url), name: try name)
  }

  /// The place that a person names: an address is that of a server, anything else a file.
  public func place(named text: String) throws(UsageError) -> Place {
    guard text.hasPrefix("http://") || text.hasPrefix("https://") else { return .file(text) }
    return .qdrant(qdrant(text), name: try name)
  }

  /// The server at `url`, with the key that the settings hold at each request.
  public func qdrant(_ url: String) -> QdrantClient {
    let settings = settings
    return QdrantClient(QdrantEndpoint(url: url) { settings["QDRANT_API_KEY"] }, http: client)
  }

  /// Name of the corpus on a Qdrant server.
  public var name: String {
    get throws(UsageError) {
      let name = settings["QDRANT_COLLECTION"] ?? "footnote"
      let isName = name.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
          || byte == 0x2D || byte == 0x5F
      }
      guard isName, name.utf8.count <= 200 else {
        throw UsageError("QDRANT_COLLECTION may hold letters, digits, '-' and '_' only, and is '\(name)'.")
      }
      return name
    }
  }

  /// Where the vectors of a large corpus file are held.
  public var vectors: VectorMemory {
    get throws(UsageError) { try settings.read("VECTOR_MEMORY", ValueType<VectorMemory>.choice()) ?? .full }
  }

  public func open(_ place: Place, access: Corpus.Access) async throws -> any CorpusStore {
    switch place {
    case .file(let path): try Corpus(path: path, access: access)
    case .qdrant(let client, let name):
      try await QdrantCorpus.open(client, name: name, access: access, settings: try qdrantSettings)
    }
  }

  /// The corpus for reading; nil if there is none.
  public func existing(_ place: Place) async throws -> (any CorpusStore)? {
    switch place {
    case .file(let path): try Corpus.existing(at: path)
    case .qdrant(let client, let name): try await QdrantCorpus.existing(client, name: name)
    }
  }

  private var qdrantSettings: QdrantCorpus.Settings {
    get throws {
      var made = QdrantCorpus.Settings()
      switch settings["QDRANT_QUANTIZATION"] {
      case nil, "none"?: break
      case "int8"?: made.quantizes = true
      case let other?: throw UsageError("QDRANT_QUANTIZATION must be int8 or none, and is '\(other)'.")
      }
      switch settings["QDRANT_ON_DISK"] {
      case nil, "false"?: break
      case "true"?: made.isOnDisk = true
      case let other?: throw UsageError("QDRANT_ON_DISK must be true or false, and is '\(other)'.")
      }
      made.shards = try settings.read("QDRANT_SHARDS", .integer(in: 1...10_000))
      made.replicas = try settings.read("QDRANT_REPLICAS", .integer(in: 1...100))
      return made
    }
  }
}
