import Commands
import FoundationEssentials
import State

/// Removes records that have been kept long enough, in the background: at the start, every hour, and within a minute
/// once pages have reported much. Of the servers of one state one at a time does it.
actor RecordRemoval {
  private let settings: Settings
  private let records: any RecordStore
  private let reports: ReportVolume
  private let log: Log
  private let queue: LogQueue
  /// Names this server among those of the state.
  private let holder = UUID().uuidString
  private var task: Task<Void, Never>?
  /// When everything was last found done.
  private var done: ContinuousClock.Instant?
  private var problem: String?

  private static let interval: Duration = .seconds(3600)
  /// How often it is looked whether something is to be done, which costs nothing.
  private static let tick: Duration = .seconds(60)
  /// Bytes of reports after which their bound is looked at.
  private static let volume = 8 << 20

  init(settings: Settings, records: any RecordStore, reports: ReportVolume, log: Log, queue: LogQueue) {
    self.settings = settings
    self.records = records
    self.reports = reports
    self.log = log
    self.queue = queue
  }

  func start() {
    guard task == nil else { return }
    task = Task { [weak self] in
      repeat {
        guard let self else { return }
        if await self.isDue { await self.run() }
      } while (try? await Task.sleep(for: Self.tick)) != nil
    }
  }

  func stop() async {
    task?.cancel()
    await task?.value
    task = nil
  }

  private var isDue: Bool {
    done.map { .now - $0 > Self.interval } ?? true || reports.count >= Self.volume
  }

  /// One round, by the settings as they are now; what is left or failed is due again.
  func run() async {
    do {
      let retention = try RetentionSetting.read(settings)
      reports.reset()
      guard let round = try await retention.apply(to: records, holder: holder) else { return }
      done = round.isDone ? .now : nil
      problem = nil
      if round.removed > 0 {
        let text = "Removed \(HumanText.count(round.removed, "old record"))."
        note { $0.info("\(text)") }
      }
    } catch is CancellationError {
      return
    } catch {
      // What lasts is said once, and not every time that it is tried again.
      let reason = (error as? UsageError)?.message ?? "\(error)"
      if reason != problem { note { $0.warning("Old records cannot be removed: \(reason)") } }
      problem = reason
    }
  }

  private func note(_ line: @escaping @Sendable (Log) -> Void) {
    let log = log
    queue.write { line(log) }
  }
}
