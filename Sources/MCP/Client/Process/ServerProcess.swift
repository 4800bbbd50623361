import Glibc
import Processes
import Synchronization

/// A running child process with pipes to its standard streams, the leader of a process group of its own.
final class ServerProcess: Sendable {
  let id: pid_t
  /// Ends of the pipes that stay here.
  let input: Int32
  let output: Int32
  let errors: Int32
  private let isInputOpen = Atomic(true)
  private let ending = Mutex<Ending>(.running([]))

  private enum Ending {
    case running([CheckedContinuation<Void, Never>])
    case ended
  }

  /// Starts `command`, which is looked up in `PATH` and run without a shell.
  ///
  /// - Parameters:
  ///   - environment: all that the child sees of it.
  ///   - directory: where it starts; here if nil.
  /// - Throws: `MCPClientError` if it cannot be started.
  init(_ command: String, _ arguments: [String], environment: [String: String], directory: String?) throws {
    let pipes: (input: Pipe, output: Pipe, errors: Pipe)
    do throws(ProcessError) {
      pipes = (try Pipe(), try Pipe(), try Pipe())
      id = try Launch(command, arguments, environment: environment, directory: directory)
        .start(input: pipes.input.reader, output: pipes.output.writer, errors: pipes.errors.writer)
    } catch {
      throw MCPClientError(.unavailable, "The program '\(command)' cannot be started: \(error.reason).")
    }
    (input, output, errors) = (
      pipes.input.keepWriter(), pipes.output.keepReader(), pipes.errors.keepReader()
    )
    // A child that does not read must not hold up a thread of ours.
    _ = fcntl(input, F_SETFL, O_NONBLOCK)
    awaitEnd()
  }

  deinit {
    closeInput()
    close(output)
    close(errors)
  }

  /// Lets the process see the end of its input; nothing may be written after.
  func closeInput() {
    let isFirst = isInputOpen.exchange(false, ordering: .acquiringAndReleasing)
    if isFirst { close(input) }
  }

  /// Returns when the process has ended.
  func ended() async {
    await withCheckedContinuation { continuation in
      let isOver = ending.withLock { ending in
        guard case .running(let waiting) = ending else { return true }
        ending = .running(waiting + [continuation])
        return false
      }
      if isOver { continuation.resume() }
    }
  }

  /// Sends a signal to the process and all that it has started.
  func signal(_ number: Int32) { kill(-id, number) }

  /// Reaps the process on a thread that does nothing else.
  private func awaitEnd() {
    let box = Unmanaged.passRetained(self)
    var thread = pthread_t()
    let result = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        let process = Unmanaged<ServerProcess>.fromOpaque(argument).takeRetainedValue()
        var status: Int32 = 0
        while waitpid(process.id, &status, 0) < 0, errno == EINTR {}
        process.finish()
        return nil
      }, box.toOpaque())
    guard result == 0 else {
      box.release()
      signal(SIGKILL)
      finish()
      return
    }
    pthread_detach(thread)
  }

  private func finish() {
    let waiting: [CheckedContinuation<Void, Never>] = ending.withLock { ending in
      guard case .running(let waiting) = ending else { return [] }
      ending = .ended
      return waiting
    }
    for continuation in waiting { continuation.resume() }
  }
}
