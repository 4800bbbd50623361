internal import CMalloc
import Dispatch

/// Gives memory back to the system when many requests at once are over: the allocator keeps what they have freed, a
/// few hundred megabytes after a thousand streams, for requests that may never come.
actor MemoryReturn {
  /// What is asked of the process.
  struct Process: Sendable {
    var isBusy: @Sendable () -> Bool
    var residentBytes: @Sendable () -> Int?
    /// Hands pages that hold nothing any more to the system.
    var release: @Sendable () async -> Void

    /// This one.
    ///
    /// - Parameter isBusy: whether a request is being answered: its thread would wait for what it allocates.
    static func current(isBusy: @escaping @Sendable () -> Bool) -> Process {
      Process(
        isBusy: isBusy, residentBytes: { ProcessNumbers.residentBytes.map { Int($0) } },
        release: {
          await withCheckedContinuation { continuation in
            // Takes some milliseconds for each hundred megabytes, which no Swift task should wait for.
            DispatchQueue.global(qos: .utility).async {
              _ = malloc_trim(0)
              continuation.resume()
            }
          }
        })
    }
  }

  /// Growth below which nothing is done.
  static let growth = 32_000_000

  private let process: Process
  private let interval: Duration
  private var task: Task<Void, Never>?
  /// What was left the last time, or what there was at the start.
  private var left: Int

  init(_ process: Process, interval: Duration = .seconds(5)) {
    self.process = process
    self.interval = interval
    left = process.residentBytes() ?? 0
  }

  func start() {
    guard task == nil else { return }
    task = Task { [weak self, interval] in
      while (try? await Task.sleep(for: interval)) != nil {
        guard let self else { return }
        await self.look()
      }
    }
  }

  func stop() {
    task?.cancel()
    task = nil
  }

  /// Releases memory if nobody is being answered and there is more than was left the last time.
  func look() async {
    guard !process.isBusy(), let before = process.residentBytes(), before > left + Self.growth else {
      return
    }
    await process.release()
    left = process.residentBytes() ?? before
  }
}
