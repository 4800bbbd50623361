import Glibc
import Models
import Synchronization

/// A corpus file that is opened anew when another file has been put in its place.
///
/// What has begun to read goes on with the earlier file, which is closed when the last of it is done. It is taken into use
/// when nobody writes it. One that cannot be
/// used in its place leaves the earlier one in use. So does one beside which the earlier file's write-ahead log still
/// holds changes: SQLite knows a log by its name alone, and would mix them into it
/// (https://www.sqlite.org/howtocorrupt.html, section 1.4).
public final class ReplaceableCorpus: Sendable {
  /// What came of a look at the file.
  public enum Outcome: Sendable, Equatable {
    case unchanged
    case replaced
    /// Something lies there that cannot be used, and why; said once for each state of the file.
    case refused(String)
  }

  private struct Current {
    var corpus: any CorpusStore
    var index: any PassageIndex
    /// What is added to its generation, so that the number never falls.
    var generations = 0
  }

  /// Something that could not be used, by which it is known again.
  private struct Refused {
    /// Nil where it is tried again at the next look.
    var file: FileStatus?
    var log: [UInt8]
    var reason: String
  }

  private let vectors: VectorMemory
  private let questionModel: EmbeddingFingerprint
  private let open: @Sendable () async throws -> any CorpusStore
  private let current: Mutex<Current>
  private let refused = Mutex<Refused?>(nil)
  /// The beginning of the log when the file that is in use was last seen in its place.
  private let log: Mutex<[UInt8]>
  private let renewal = Mutex<Task<Outcome, Never>?>(nil)

  /// - Parameters:
  ///   - corpus: what lies there now, opened.
  ///   - model: the one that questions are embedded with.
  ///   - vectors: where the vectors of a large corpus are held.
  ///   - open: opens what lies there at that moment, for reading.
  public init(
    _ corpus: any CorpusStore, model: EmbeddingFingerprint, vectors: VectorMemory,
    open: @escaping @Sendable () async throws -> any CorpusStore
  ) {
    questionModel = model
    self.vectors = vectors
    self.open = open
    current = Mutex(Current(corpus: corpus, index: corpus.passageIndex(vectors: vectors)))
    log = Mutex(Self.logHeader(of: corpus.location))
  }

  /// What is in use now. Whoever needs more than one answer of the same file asks once and keeps it.
  var store: any CorpusStore { current.withLock { $0.corpus } }

  var index: any PassageIndex { current.withLock { $0.index } }

  /// What is in use now, and what is to be added to its generation.
  func counted() -> (store: any CorpusStore, generations: Int) {
    current.withLock { ($0.corpus, $0.generations) }
  }

  /// Why what lies in the corpus's place now is not used; nil where nothing else lies there, or nobody has looked yet.
  public var replacementFailure: String? { refused.withLock { $0?.reason } }

  /// Looks whether another file lies there, and takes it into use if that can be done. Looks at the same time are one.
  @discardableResult
  public func renew() async -> Outcome {
    let task = renewal.withLock { running in
      if let running { return running }
      let task = Task {
        let outcome = await replace()
        renewal.withLock { $0 = nil }
        return outcome
      }
      running = task
      return task
    }
    return await task.value
  }

  private func replace() async -> Outcome {
    let earlier = counted()
    let location = earlier.store.location
    let header = Self.logHeader(of: location)
    guard earlier.store.isReplaced else {
      refused.withLock { $0 = nil }
      log.withLock { $0 = header }
      return .unchanged
    }
    guard let file = try? FileStatus(location, followsLinks: true) else {
      refused.withLock { $0 = nil }
      return .unchanged
    }
    // It is looked at again when it has changed.
    if refused.withLock({ $0.map { $0.file?.isSame(as: file) == true && $0.log == header } ?? false }) {
      return .unchanged
    }
    let lock: IngestLock?
    do {
      lock = try await IngestLock.acquire(for: location, waits: false)
    } catch let error as CorpusError where error.code == .locked {
      refused.withLock { $0 = Refused(file: nil, log: [], reason: error.description) }
      return .unchanged
    } catch {
      // Where nothing can be written beside it, nobody writes it either.
      lock = nil
    }
    do {
      if !header.isEmpty, header == log.withLock({ $0 }) { throw CorpusError.strangeLog(location) }
      let corpus = try await open()
      if let stored = try await corpus.fingerprint, stored.space != questionModel.space {
        throw CorpusError.otherModel(corpus, stored: stored, used: questionModel)
      }
      let index = corpus.passageIndex(vectors: vectors)
      // So that no question waits for it, and damage shows before anything depends on it.
      if try await corpus.model != nil { try await index.prepare() }
      let last = (try? await earlier.store.generation).map { $0 + earlier.generations } ?? 0
      let first = try await corpus.generation
      current.withLock {
        $0 = Current(
          corpus: corpus, index: index, generations: max(0, max(last, earlier.generations) + 1 - first))
      }
      refused.withLock { $0 = nil }
      log.withLock { $0 = Self.logHeader(of: location) }
      if let lock { Self.hold(lock, while: earlier.store) }
      return .replaced
    } catch {
      refused.withLock { $0 = Refused(file: file, log: header, reason: "\(error)") }
      return .refused("\(error)")
    }
  }

  /// Keeps others from writing while somebody still reads the earlier file: both have a log of the same name, so that
  /// what is written to the one would be read as a part of the other.
  private static func hold(_ lock: IngestLock, while earlier: any CorpusStore) {
    guard let corpus = earlier as? Corpus else { return }
    Task { [weak corpus] in
      let start = ContinuousClock.now
      while corpus != nil, .now - start < .seconds(10) { try? await Task.sleep(for: .milliseconds(10)) }
      withExtendedLifetime(lock) {}
    }
  }

  /// The header of a write-ahead log, whose salts are others whenever it begins anew; empty for an empty log.
  private static func logHeader(of path: String) -> [UInt8] {
    let descriptor = Glibc.open(path + "-wal", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    var header = [UInt8](repeating: 0, count: 32)
    return pread(descriptor, &header, header.count, 0) == header.count ? header : []
  }
}

extension CorpusError {
  fileprivate static func strangeLog(_ path: String) -> CorpusError {
    CorpusError(
      .storage,
      """
      Corpus '\(path)' cannot be used while its log still holds changes of the file that lay there before. Put a corpus \
      there when no 'ingest' writes it; now remove '\(path)-wal' and '\(path)-shm'.
      """)
  }
}

extension FileStatus {
  fileprivate func isSame(as other: FileStatus) -> Bool {
    identity == other.identity && size == other.size && modified == other.modified
  }
}

/// Searches whichever file is in use when a search begins.
struct ReplaceableIndex: PassageIndex {
  let corpus: ReplaceableCorpus

  func candidates(
    for query: SearchQuery, depth: Int, vector: @escaping @Sendable () async throws -> ArraySlice<Float>
  ) async throws -> PassageCandidates {
    try await corpus.index.candidates(for: query, depth: depth, vector: vector)
  }

  func prepare() async throws { try await corpus.index.prepare() }

  func opening(of passage: Passage, below headings: ArraySlice<String>) async throws -> Passage? {
    try await corpus.index.opening(of: passage, below: headings)
  }

  func joined(_ passage: Passage, to ordinal: Int) async throws -> Passage? {
    try await corpus.index.joined(passage, to: ordinal)
  }

  func inverseDocumentFrequencies(of terms: [String]) async throws -> [Double] {
    try await corpus.index.inverseDocumentFrequencies(of: terms)
  }

  func corrected(_ question: String, knows: @escaping @Sendable (String) -> Bool) async throws -> String? {
    try await corpus.index.corrected(question, knows: knows)
  }
}
