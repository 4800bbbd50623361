import Glibc
import Processes

/// Runs a program on one file's content with limits on processor time, memory and time on the clock. It blocks
/// the calling thread.
struct ChildProcess {
  struct Limits {
    var processorSeconds: Int
    var seconds: Int
    var memoryBytes: Int
  }

  enum Ending: Equatable {
    case exited(Int32)
    case killed(signal: Int32)
    case deadline
  }

  struct Outcome {
    let ending: Ending
    /// The first 64 kB of standard error.
    let errors: String
  }

  /// Path of the program.
  let program: String
  let limits: Limits

  /// Runs to the end, handing over standard output as it comes. An error that `receive` throws kills the program
  /// and is passed on.
  ///
  /// - Parameter input: becomes standard input, read from its start.
  func run(
    _ arguments: [String], input: TemporaryFile, receive: (UnsafeRawBufferPointer) throws -> Void
  ) throws -> Outcome {
    lseek(input.descriptor, 0, SEEK_SET)
    let (child, output, errors) = try start(arguments, input: input.descriptor)
    output.closeWriter()
    errors.closeWriter()

    let end = Deadline(seconds: limits.seconds)
    do {
      // Or the pipes would close with their last use here.
      let text = try withExtendedLifetime((output, errors, input)) {
        try collect(output: output.reader, errors: errors.reader, until: end, receive)
      }
      return Outcome(ending: wait(for: child, until: end), errors: text)
    } catch {
      kill(-child, SIGKILL)
      _ = wait(for: child, until: end)
      throw error
    }
  }

  /// posix_spawn has no resource limits, so the shell sets them and is replaced by the program.
  private func start(_ arguments: [String], input: Int32) throws -> (Int32, output: Pipe, errors: Pipe) {
    let script = """
      ulimit -c 0 && ulimit -t \(limits.processorSeconds) && ulimit -v \(limits.memoryBytes >> 10) && exec "$0" "$@"
      """
    let launch = Launch(
      "/bin/sh", ["-c", script, program] + arguments,
      environment: ["LC_ALL": "C", "PATH": "/usr/bin:/bin"])
    do throws(ProcessError) {
      let (output, errors) = (try Pipe(), try Pipe())
      let child = try launch.start(input: input, output: output.writer, errors: errors.writer)
      return (child, output, errors)
    } catch {
      throw DocumentError(.unreadable, "The program '\(program)' cannot be started (\(error.reason)).")
    }
  }

  private func collect(
    output: Int32, errors: Int32, until end: Deadline, _ receive: (UnsafeRawBufferPointer) throws -> Void
  ) throws -> String {
    var collected: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var waiting = [
      pollfd(fd: output, events: Int16(POLLIN), revents: 0),
      pollfd(fd: errors, events: Int16(POLLIN), revents: 0),
    ]
    // A negative descriptor is one that poll passes over.
    while waiting.contains(where: { $0.fd >= 0 }) {
      guard let left = end.millisecondsLeft else { break }
      let ready = poll(&waiting, nfds_t(waiting.count), left)
      if ready < 0, errno != EINTR { throw DocumentError.unreadable(errno) }
      guard ready > 0 else { continue }
      for index in waiting.indices where waiting[index].fd >= 0 && waiting[index].revents != 0 {
        let count = read(waiting[index].fd, &buffer, buffer.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else {
          waiting[index].fd = -1
          continue
        }
        if waiting[index].fd == output {
          try buffer.withUnsafeBytes { try receive(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        } else {
          collected.append(contentsOf: buffer[..<min(count, max(0, (1 << 16) - collected.count))])
        }
      }
    }
    return String(decoding: collected, as: UTF8.self)
  }

  /// Reaps the child, killing its group at the deadline.
  private func wait(for child: pid_t, until end: Deadline) -> Ending {
    var status: Int32 = 0
    var isLate = false
    while true {
      let result = waitpid(child, &status, isLate ? 0 : WNOHANG)
      if result == child { break }
      if result < 0, errno != EINTR { return isLate ? .deadline : .killed(signal: 0) }
      guard result == 0 else { continue }
      if end.millisecondsLeft == nil {
        kill(-child, SIGKILL)
        isLate = true
      } else {
        // Its pipes are closed, so it is about to end.
        _ = poll(nil, 0, 1)
      }
    }
    if isLate { return .deadline }
    let signal = status & 0x7F
    return signal == 0 ? .exited((status >> 8) & 0xFF) : .killed(signal: signal)
  }
}
