import Glibc
import Synchronization

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

  /// The program's path by the calling process's `PATH`, nil if it is not installed.
  static func find(_ name: String) -> String? {
    let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"
    return path.split(separator: ":").map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
  }

  /// Runs to the end, handing over standard output as it comes. An error that `receive` throws kills the program
  /// and is passed on.
  ///
  /// - Parameter input: becomes standard input, read from its start.
  func run(
    _ arguments: [String], input: TemporaryFile, receive: (UnsafeRawBufferPointer) throws -> Void
  ) throws -> Outcome {
    lseek(input.descriptor, 0, SEEK_SET)
    let (child, output, errors) = try Self.spawning.withLock { _ in
      let output = try Pipe()
      let errors = try Pipe()
      let child = try spawn(arguments, input: input.descriptor, output: output.writer, errors: errors.writer)
      output.closeWriter()
      errors.closeWriter()
      return (child, output, errors)
    }

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

  /// One child starts at a time: a sibling that inherited the writing end of a pipe would keep it from ending.
  private static let spawning = Mutex<Void>(())

  /// posix_spawn has no resource limits, so the shell sets them and is replaced by the program. The child leads
  /// a process group of its own, with default signals, no open file beyond the three, and no environment.
  private func spawn(_ arguments: [String], input: Int32, output: Int32, errors: Int32) throws -> pid_t {
    let script = """
      ulimit -c 0 && ulimit -t \(limits.processorSeconds) && ulimit -v \(limits.memoryBytes >> 10) && exec "$0" "$@"
      """
    var actions = posix_spawn_file_actions_t()
    try check(posix_spawn_file_actions_init(&actions))
    defer { posix_spawn_file_actions_destroy(&actions) }
    try check(posix_spawn_file_actions_adddup2(&actions, input, 0))
    try check(posix_spawn_file_actions_adddup2(&actions, output, 1))
    try check(posix_spawn_file_actions_adddup2(&actions, errors, 2))
    Self.closeAllOnExec()

    var attributes = posix_spawnattr_t()
    try check(posix_spawnattr_init(&attributes))
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    try check(posix_spawnattr_setsigmask(&attributes, &signals))
    sigfillset(&signals)
    try check(posix_spawnattr_setsigdefault(&attributes, &signals))
    try check(posix_spawnattr_setpgroup(&attributes, 0))
    let flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP
    try check(posix_spawnattr_setflags(&attributes, Int16(flags)))

    let strings = ["/bin/sh", "-c", script, program] + arguments
    var words: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) }
    defer { for word in words { free(word) } }
    words.append(nil)
    var environment: [UnsafeMutablePointer<CChar>?] = [strdup("LC_ALL=C"), strdup("PATH=/usr/bin:/bin"), nil]
    defer { for word in environment { free(word) } }
    var child = pid_t()
    try check(posix_spawn(&child, "/bin/sh", &actions, &attributes, &words, &environment))
    return child
  }

  /// Marks every open file so that no child inherits it, whoever opened it: a program that reads hostile input
  /// has no business with the corpus or with sockets.
  private static func closeAllOnExec() {
    guard let folder = opendir("/proc/self/fd") else { return }
    defer { closedir(folder) }
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if let descriptor = Int32(name), descriptor > 2 { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
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

  private func check(_ result: Int32) throws {
    guard result != 0 else { return }
    throw DocumentError(
      .unreadable, "The program '\(program)' cannot be started (\(String(cString: strerror(result)))).")
  }
}
