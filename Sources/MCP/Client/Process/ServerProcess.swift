internal import CSpawn
import Glibc
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
    let input = try Pipe()
    let output = try Pipe()
    let errors = try Pipe()
    id = try Self.spawn(
      command, arguments, environment, directory, [input.reader, output.writer, errors.writer])
    (self.input, self.output, self.errors) = (input.keepWriter(), output.keepReader(), errors.keepReader())
    // A child that does not read must not hold up a thread of ours.
    _ = fcntl(self.input, F_SETFL, O_NONBLOCK)
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

  private static func spawn(
    _ command: String, _ arguments: [String], _ environment: [String: String], _ directory: String?,
    _ streams: [Int32]
  ) throws -> pid_t {
    func check(_ result: Int32) throws {
      guard result != 0 else { return }
      throw MCPClientError(
        .unavailable, "The program '\(command)' cannot be started: \(String(cString: strerror(result))).")
    }
    var actions = posix_spawn_file_actions_t()
    try check(posix_spawn_file_actions_init(&actions))
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (target, stream) in streams.enumerated() {
      try check(posix_spawn_file_actions_adddup2(&actions, stream, Int32(target)))
    }
    // Neither the corpus nor sockets nor other servers' pipes are its business.
    try check(posix_spawn_file_actions_addclosefrom_np(&actions, 3))
    if let directory { try check(posix_spawn_file_actions_addchdir_np(&actions, directory)) }

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

    var words: [UnsafeMutablePointer<CChar>?] = ([command] + arguments).map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] =
      environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for word in words + variables { free(word) } }
    var child = pid_t()
    try check(posix_spawnp(&child, command, &actions, &attributes, &words, &variables))
    return child
  }
}

/// A pipe that no other child inherits; its ends close with it unless they are kept.
private final class Pipe {
  private(set) var reader: Int32
  private(set) var writer: Int32

  init() throws {
    var ends: [Int32] = [-1, -1]
    guard pipe2(&ends, O_CLOEXEC) == 0 else {
      throw MCPClientError(.unavailable, "No pipe can be made: \(String(cString: strerror(errno))).")
    }
    (reader, writer) = (ends[0], ends[1])
  }

  deinit {
    if reader >= 0 { close(reader) }
    if writer >= 0 { close(writer) }
  }

  func keepReader() -> Int32 {
    defer { reader = -1 }
    return reader
  }

  func keepWriter() -> Int32 {
    defer { writer = -1 }
    return writer
  }
}
