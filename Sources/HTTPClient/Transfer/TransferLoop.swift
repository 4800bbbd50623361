internal import CCurl
import Glibc
import Synchronization

/// The thread that runs libcurl: takes transfers from a mailbox, drives them and tells how they ended.
///
/// Unchecked because `active` and `nextIdleCheck` belong to that thread; everything else is immutable or
/// behind the mutex. The thread holds the loop until `stop`.
final class TransferLoop: @unchecked Sendable {
  enum Command {
    case start(Transfer)
    case cancel(Transfer)
    case resume(Transfer)
  }

  private struct Mailbox {
    var commands: [Command] = []
    var isStopping = false
  }

  private let mailbox: Mutex<Mailbox>
  /// Nil if libcurl or the thread could not be started: then the mailbox is closed from the beginning.
  private let multi: UnsafeMutableRawPointer?
  private var active: [UnsafeMutableRawPointer: Transfer] = [:]
  /// No transfer can have been silent for too long before this.
  private var nextIdleCheck: ContinuousClock.Instant?

  init(idleConnections: Int) {
    let multi = Self.libraryIsReady ? curl_multi_init() : nil
    if let multi { curl_shim_multi_set_long(multi, CURLMOPT_MAXCONNECTS, max(1, idleConnections)) }
    self.multi = multi
    mailbox = Mutex(Mailbox(isStopping: multi == nil))
    if multi != nil, !startThread() { mailbox.withLock { $0.isStopping = true } }
  }

  deinit {
    if let multi { curl_multi_cleanup(multi) }
  }

  /// Passes a command to the thread; false if the loop has ended.
  func enqueue(_ command: Command) -> Bool {
    mailbox.withLock { mailbox in
      guard !mailbox.isStopping else { return false }
      mailbox.commands.append(command)
      // The first command wakes the thread; it will find the others beside it.
      if mailbox.commands.count == 1, let multi { curl_multi_wakeup(multi) }
      return true
    }
  }

  /// Makes the thread fail what is in flight and end. Returns at once.
  func stop() {
    mailbox.withLock { mailbox in
      guard !mailbox.isStopping else { return }
      mailbox.isStopping = true
      if let multi { curl_multi_wakeup(multi) }
    }
  }

  /// libcurl's start-up, once a process (curl_global_init(3)).
  private static let libraryIsReady = curl_shim_global_init() == CURLE_OK

  private func startThread() -> Bool {
    let context = Unmanaged.passRetained(self)
    var thread = pthread_t()
    guard pthread_create(&thread, nil, runLoop, context.toOpaque()) == 0 else {
      context.release()
      return false
    }
    pthread_detach(thread)
    return true
  }

  // MARK: On the thread

  fileprivate func run() {
    guard let multi else { return }
    var isStopping = false
    while !isStopping {
      let commands = mailbox.withLock { mailbox in
        isStopping = mailbox.isStopping
        defer { mailbox.commands = [] }
        return mailbox.commands
      }
      for command in commands { perform(command, on: multi) }
      var running: Int32 = 0
      curl_multi_perform(multi, &running)
      collectFinished(from: multi)
      endSilent(on: multi)
      if !isStopping { curl_multi_poll(multi, nil, 0, pollMilliseconds, nil) }
    }
    for transfer in active.values {
      let text = "\(transfer.target.description): the HTTP client was shut down."
      end(transfer, .failure(HTTPClientError(.closed, text)), on: multi)
    }
  }

  private func perform(_ command: Command, on multi: UnsafeMutableRawPointer) {
    switch command {
    case .start(let transfer):
      guard !transfer.isFinished else { return }
      start(transfer, on: multi)
    case .cancel(let transfer):
      end(transfer, .failure(.cancelledByReader), on: multi)
    case .resume(let transfer):
      guard let easy = transfer.easy else { return }
      transfer.lastActivity = .now
      scheduleIdleCheck(of: transfer)
      curl_easy_pause(easy.pointer, curl_shim_unpaused())
    }
  }

  private func start(_ transfer: Transfer, on multi: UnsafeMutableRawPointer) {
    let now = ContinuousClock.now
    if let deadline = transfer.request.deadline, deadline <= now {
      let text = "\(transfer.target.description): the deadline had passed before the request was sent."
      return transfer.finish(.failure(HTTPClientError(.timeout, text)))
    }
    do throws(HTTPClientError) {
      let easy = try transfer.makeHandle(now: now)
      let code = curl_multi_add_handle(multi, easy.pointer)
      guard code == CURLM_OK else {
        throw HTTPClientError(.failed, "libcurl: \(String(cString: curl_multi_strerror(code))).")
      }
      transfer.easy = easy
      transfer.lastActivity = now
      active[easy.pointer] = transfer
      scheduleIdleCheck(of: transfer)
    } catch {
      transfer.finish(.failure(error))
    }
  }

  /// Removes a transfer, which closes its connection unless the answer was complete.
  private func end(
    _ transfer: Transfer, _ result: Result<Void, HTTPClientError>, on multi: UnsafeMutableRawPointer
  ) {
    if let easy = transfer.easy {
      curl_multi_remove_handle(multi, easy.pointer)
      active[easy.pointer] = nil
      transfer.easy = nil
    }
    transfer.finish(result)
  }

  private func collectFinished(from multi: UnsafeMutableRawPointer) {
    var left: Int32 = 0
    while let message = curl_multi_info_read(multi, &left) {
      // The message does not outlive the handle's removal.
      guard message.pointee.msg == CURLMSG_DONE, let pointer = message.pointee.easy_handle else { continue }
      let code = message.pointee.data.result
      guard let transfer = active[pointer], let easy = transfer.easy else { continue }
      transfer.note(easy.timings)
      end(transfer, transfer.outcome(of: code, easy: easy), on: multi)
    }
  }

  private func scheduleIdleCheck(of transfer: Transfer) {
    guard let last = transfer.lastActivity else { return }
    let check = last + transfer.idleTimeout
    nextIdleCheck = nextIdleCheck.map { min($0, check) } ?? check
  }

  /// Ends transfers whose peer was silent for too long. Looks at all of them, but only when one may be.
  private func endSilent(on multi: UnsafeMutableRawPointer) {
    let now = ContinuousClock.now
    guard let check = nextIdleCheck, check <= now else { return }
    nextIdleCheck = nil
    for transfer in active.values {
      guard let last = transfer.lastActivity, let easy = transfer.easy else { continue }
      // A long upload is a sign of life too.
      let sent = easy.offset(CURLINFO_SIZE_UPLOAD_T)
      if sent > transfer.sentBytes {
        transfer.sentBytes = sent
        transfer.lastActivity = now
      } else if last + transfer.idleTimeout <= now {
        end(transfer, .failure(transfer.idleFailure), on: multi)
        continue
      }
      scheduleIdleCheck(of: transfer)
    }
  }

  /// Until the next idle check; libcurl shortens it to its own timers.
  private var pollMilliseconds: Int32 {
    guard let check = nextIdleCheck else { return 60_000 }
    return Int32(clamping: min(60_000, max(0, (check - .now).wholeMilliseconds)))
  }
}

// The thread owns a reference to its loop until it ends.
private let runLoop: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
  guard let context else { return nil }
  Unmanaged<TransferLoop>.fromOpaque(context).takeRetainedValue().run()
  return nil
}
