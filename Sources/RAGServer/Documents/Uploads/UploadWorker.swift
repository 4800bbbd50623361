import Commands
import FoundationEssentials
import Glibc
import Models
import Retrieval
import State

/// Takes uploads into the corpus, one at a time, until it is stopped.
///
/// Each upload is claimed by one server of a state. The servers of a corpus file take turns by its lock; those of a
/// corpus on a server work side by side, each on uploads of its own. One that dies is followed by another: at once where
/// there is a lock, else when its claim has run out.
actor UploadWorker {
  /// How an upload gets into the corpus.
  struct Target: Sendable {
    /// Names the corpus among all machines.
    var name: String
    /// Whether `lock` keeps other processes from the corpus.
    var isExclusive = true
    /// How long after its last sign of life a process is taken for dead, in seconds.
    var lease: TimeInterval = 30
    /// Waits until this process may write the corpus, which it may as long as the result lives.
    var lock: @Sendable () async throws -> any Sendable
    var open: @Sendable () async throws -> any CorpusStore
    var intake: Intake
  }

  /// Attempts after which an upload is given up.
  private static let attempts = 5
  /// How long an upload waits for what is none of its fault, such as a chat model that is not configured, in seconds.
  private static let patience: TimeInterval = 86_400

  private let store: UploadStore
  private let corpus: Target
  private let log: Log
  private let queue: LogQueue
  private let metrics: Metrics
  private let interval: Duration
  private let process = UUID().uuidString.lowercased()
  private var task: Task<Void, Never>?
  private var sleeping: Task<Void, Never>?
  private var isWoken = false

  /// - Parameter interval: how often to look for uploads that came by other servers.
  init(
    store: UploadStore, corpus: Target, log: Log, queue: LogQueue, metrics: Metrics,
    interval: Duration = .seconds(2)
  ) {
    self.store = store
    self.corpus = corpus
    self.log = log
    self.queue = queue
    self.metrics = metrics
    self.interval = interval
  }

  func start() {
    guard task == nil else { return }
    task = Task { await self.run() }
  }

  /// Breaks off what is under way, which goes back into the queue, and returns when that is done.
  func stop() async {
    task?.cancel()
    await task?.value
    task = nil
  }

  /// Says that something has come.
  func wake() {
    isWoken = true
    sleeping?.cancel()
  }

  private func run() async {
    var tidied: ContinuousClock.Instant?
    var problem: String?
    while !Task.isCancelled {
      if tidied.map({ .now - $0 > .seconds(86_400) }) ?? true {
        tidied = .now
        await tidy()
      }
      do {
        try await workThroughQueue()
        problem = nil
      } catch is CancellationError {
        return
      } catch {
        // What lasts is said once, and not every time that it is tried again.
        if "\(error)" != problem { note { $0.error("Uploads cannot be taken in just now: \(error)") } }
        problem = "\(error)"
      }
      await rest()
    }
  }

  private func tidy() async {
    do {
      try await store.tidy()
    } catch {
      note { $0.warning("Old uploads cannot be removed: \(error)") }
    }
  }

  private func rest() async {
    if isWoken {
      isWoken = false
      return
    }
    let nap = Task<Void, Never> { [interval] in try? await Task.sleep(for: interval) }
    sleeping = nap
    await withTaskCancellationHandler {
      await nap.value
    } onCancel: {
      nap.cancel()
    }
    sleeping = nil
    isWoken = false
  }

  private func workThroughQueue() async throws {
    guard try await store.hasWork(locked: corpus.isExclusive ? corpus.name : nil) else { return }
    let lock: any Sendable
    do {
      lock = try await corpus.lock()
    } catch {
      if !Task.isCancelled { try await store.explain("\(error)") }
      throw error
    }
    defer { withExtendedLifetime(lock) {} }
    var opened: (any CorpusStore)?
    while !Task.isCancelled,
      let upload = try await store.claim(
        process: process, corpus: corpus.name, isLocked: corpus.isExclusive, lease: corpus.lease)
    {
      let target: any CorpusStore
      if let opened {
        target = opened
      } else {
        do {
          target = try await corpus.open()
        } catch {
          try await postpone(upload, after: error)
          throw error
        }
      }
      opened = target
      try await take(upload, into: target)
    }
    try await opened?.checkpoint()
  }

  private func take(_ upload: Upload, into target: any CorpusStore) async throws {
    do {
      guard upload.attempts <= Self.attempts else {
        return try await fail(upload, "It was begun \(Self.attempts) times and never finished.")
      }
      guard let content = try await store.content(of: upload) else {
        return try await fail(upload, "Its content is not there any more. Send it again.")
      }
      let summary = try await whileClaimed(upload) { try await self.index(upload, content, into: target) }
      if summary.interrupted { throw CancellationError() }
      if let failure = summary.failures.first { return try await fail(upload, failure.error) }
      try await finish(upload, in: target)
    } catch is CancellationError {
      guard Task.isCancelled else {
        return note { $0.warning("Another server has taken an upload over.", ["upload": .string(upload.id)]) }
      }
      try await putBack(upload, after: nil)
      throw CancellationError()
    } catch let error as StateError {
      throw error
    } catch let refusal as IntakeRefusal {
      try await hold(upload, after: refusal, from: target)
    } catch {
      if Self.isOutage(error) {
        try await postpone(upload, after: error)
      } else if Self.isWorthAnotherTry(error), upload.attempts < Self.attempts {
        try await putBack(upload, after: error)
      } else {
        try await fail(upload, "\(error)")
      }
    }
  }

  /// Runs `work` and says meanwhile that this process lives; stops it once the upload is somebody else's.
  private func whileClaimed<Result: Sendable>(
    _ upload: Upload, _ work: @escaping @Sendable () async throws -> Result
  ) async throws -> Result {
    let task = Task { try await work() }
    let heartbeat = Task { [store, process, lease = corpus.lease] in
      while true {
        try await Task.sleep(for: .seconds(lease / 3))
        // While the state cannot be reached, nobody takes it over.
        let isOurs = try? await store.renew(upload.id, process: process, lease: lease)
        if isOurs == false { return task.cancel() }
      }
    }
    defer { heartbeat.cancel() }
    return try await withTaskCancellationHandler {
      try await task.value
    } onCancel: {
      task.cancel()
    }
  }

  private func index(
    _ upload: Upload, _ content: [UInt8], into target: any CorpusStore
  ) async throws -> IndexingSummary {
    let options = try await corpus.intake.options(
      upload.source, in: target, collection: upload.collection, tags: upload.tags, keepsMissing: true)
    let loader = UploadLoader(content: content, reader: DocumentReader())
    let file = SourceFile(source: upload.source, name: upload.name, size: content.count)
    return try await corpus.intake.take(
      Discovery(files: [file]), into: target, loader: loader, options: options, key: upload.key)
  }

  private func finish(_ upload: Upload, in target: any CorpusStore) async throws {
    let filter = SearchFilter(collections: [upload.collection], sourcePrefix: upload.source)
    let document = try await target.documents(matching: filter).first { $0.source == upload.source }
    let (id, chunks) = (document?.id, document?.chunks ?? 0)
    try await store.release(upload.id, process: process) { stored in
      stored.status = .ready
      stored.error = nil
      stored.documentID = id
      stored.chunks = chunks
    }
    metrics.uploaded(.ready)
    note { $0.info("Took in an upload.", ["upload": .string(upload.id), "chunks": .integer(chunks)]) }
  }

  private func fail(_ upload: Upload, _ reason: String) async throws {
    try await store.release(upload.id, process: process) { stored in
      stored.status = .failed
      stored.error = reason
    }
    metrics.uploaded(.failed)
    note { $0.warning("An upload cannot be taken in: \(reason)", ["upload": .string(upload.id)]) }
  }

  /// Puts an upload back that has to wait for somebody or something else, which is no attempt of its own; gives it up
  /// where waiting is of no use, and says so in the corpus too.
  private func hold(_ upload: Upload, after refusal: IntakeRefusal, from target: any CorpusStore) async throws
  {
    guard let wait = refusal.wait, upload.createdAt + Self.patience > Date() else {
      let failure = SourceFailure(
        source: upload.source, name: upload.name, error: DocumentError(.undescribed, refusal.description))
      try await target.recordFailure(failure, in: upload.collection, tags: upload.tags)
      return try await fail(upload, refusal.description)
    }
    try await store.release(upload.id, process: process) { stored in
      stored.status = .queued
      stored.error = refusal.description
      stored.attempts -= 1
      stored.notBefore = Date() + Double(wait)
    }
    if upload.error != refusal.description {
      note { $0.warning("An upload waits: \(refusal)", ["upload": .string(upload.id)]) }
    }
  }

  /// Puts an upload back whose corpus or embedding model cannot be used now, which is no attempt of its own. It waits
  /// for a quarter of the time that it has waited already, so that what lasts longer is tried less often.
  private func postpone(_ upload: Upload, after error: any Error) async throws {
    let waited = Date().timeIntervalSince(upload.createdAt)
    guard waited < Self.patience else { return try await fail(upload, "\(error)") }
    try await store.release(upload.id, process: process) { stored in
      stored.status = .queued
      stored.error = "\(error)"
      stored.attempts -= 1
      stored.notBefore = Date() + min(60, max(2, waited / 4))
    }
  }

  /// Puts an upload back into the queue: at once if it was broken off, after a wait that doubles if it failed.
  private func putBack(_ upload: Upload, after error: (any Error)?) async throws {
    let (store, process) = (store, process)
    let reason = error.map { "\($0)" }
    // Also while this task is being cancelled.
    try await Task {
      try await store.release(upload.id, process: process) { stored in
        stored.status = .queued
        stored.error = reason
        if reason == nil {
          stored.attempts -= 1
        } else {
          stored.notBefore = Date() + Double(1 << stored.attempts)
        }
      }
    }.value
  }

  private func note(_ line: @escaping @Sendable (Log) -> Void) {
    queue.write { [log] in line(log) }
  }

  /// Whether an error says nothing of the document, and is over when somebody else is back or put right.
  private static func isOutage(_ error: any Error) -> Bool {
    switch error {
    case let error as ModelError:
      [.unavailable, .timeout, .rateLimited, .authentication, .quotaExceeded].contains(error.kind)
    case let error as CorpusError: [.unavailable, .denied, .busy, .full, .locked].contains(error.code)
    default: false
    }
  }

  private static func isWorthAnotherTry(_ error: any Error) -> Bool {
    switch error {
    case let error as ModelError: error.isRetryable
    case let error as CorpusError: [.storage, .lostVectors].contains(error.code)
    default: false
    }
  }

  /// This machine's name and the corpus's path on it.
  static func name(ofCorpusAt path: String) -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    gethostname(&buffer, buffer.count - 1)
    let host = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let resolved = realpath(path, nil)
    defer { free(resolved) }
    return "\(host):\(resolved.map { String(cString: $0) } ?? path)"
  }
}
