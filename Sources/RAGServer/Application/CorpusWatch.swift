import Commands
import Retrieval

/// Looks every now and then whether another file lies in the corpus's place, which is then used without a restart.
actor CorpusWatch {
  private let corpus: ReplaceableCorpus
  private let interval: Duration
  private let log: Log
  private let queue: LogQueue
  private var task: Task<Void, Never>?

  init(corpus: ReplaceableCorpus, interval: Duration, log: Log, queue: LogQueue) {
    self.corpus = corpus
    self.interval = interval
    self.log = log
    self.queue = queue
  }

  func start() {
    guard task == nil else { return }
    task = Task { [corpus, interval, log, queue] in
      while true {
        do {
          try await Task.sleep(for: interval)
        } catch {
          return
        }
        let outcome = await corpus.renew()
        let location = corpus.location
        switch outcome {
        case .unchanged: break
        case .replaced:
          queue.write { log.info("'\(location)' was replaced: what lies there now is used from here on.") }
        case .refused(let reason):
          queue.write {
            log.error("'\(location)' was replaced, and what lies there now is not used: \(reason)")
          }
        }
      }
    }
  }

  func stop() async {
    task?.cancel()
    await task?.value
    task = nil
  }
}
