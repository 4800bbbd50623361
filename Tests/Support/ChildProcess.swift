internal import CSpawn
import Commands
import Dispatch
import Glibc

/// A program, of this package or of the system, as a process of its own, with pipes for its streams.
public final class ChildProcess {
  public struct Failure: Error {
    let operation: String
    let code: Int32
  }

  public let identifier: Int32
  public let output: InputLines
  public let errors: InputLines
  private var descriptors: [Int32]
  private var hasEnded = false

  /// - Parameters:
  ///   - program: name of an executable that lies beside the test program, or a path.
  ///   - output: the descriptor to use as standard output in place of a pipe.
  public init(
    _ program: String, _ arguments: [String], environment: [String: String] = [:], folder: String = "/",
    output: Int32? = nil
  ) throws {
    let input = try Self.pipe()
    let results = try Self.pipe()
    let messages = try Self.pipe()
    let child = try Self.spawn(
      program, arguments, environment, folder, [input.reading, output ?? results.writing, messages.writing])
    for descriptor in [input.reading, results.writing, messages.writing] { close(descriptor) }
    identifier = child
    descriptors = [input.writing, results.reading, messages.reading]
    self.output = InputLines(descriptor: results.reading)
    errors = InputLines(descriptor: messages.reading)
  }

  deinit {
    if !hasEnded {
      kill(identifier, SIGKILL)
      waitpid(identifier, nil, 0)
    }
    for descriptor in descriptors { close(descriptor) }
  }

  public func signal(_ number: Int32) {
    kill(identifier, number)
  }

  public func write(_ text: String) throws {
    try FileDescriptorSink(descriptors[0]).write(text)
  }

  public func closeInput() {
    close(descriptors.removeFirst())
  }

  /// Closes the reading end of its standard output, as `head` does.
  public func closeOutput() {
    close(descriptors.remove(at: 1))
  }

  /// The exit code, or the negative number of the signal that ended it.
  public func exitCode() async -> Int32 {
    let identifier = identifier
    let status = await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        var status: Int32 = 0
        while waitpid(identifier, &status, 0) < 0, errno == EINTR {}
        continuation.resume(returning: status)
      }
    }
    hasEnded = true
    // WIFEXITED and WEXITSTATUS are macros: the low seven bits are the signal, the next byte the code.
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : -(status & 0x7F)
  }

  private static func pipe() throws -> (reading: Int32, writing: Int32) {
    var ends: [Int32] = [-1, -1]
    guard Glibc.pipe(&ends) == 0 else { throw Failure(operation: "pipe", code: errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }

  private static func spawn(
    _ program: String, _ arguments: [String], _ environment: [String: String], _ folder: String,
    _ streams: [Int32]
  ) throws -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (target, stream) in streams.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, stream, Int32(target))
    }
    // Of the many files and sockets that this process has, none is the child's business.
    posix_spawn_file_actions_addclosefrom_np(&actions, 3)
    // A test run in the background inherits an ignored SIGINT; the child shall have the usual effects.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    for number in [SIGINT, SIGTERM, SIGPIPE] { sigaddset(&signals, number) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

    posix_spawn_file_actions_addchdir_np(&actions, folder)
    let program = try path(of: program)
    let argv = ([program] + arguments).map { strdup($0) } + [nil]
    let envp = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in argv + envp { free(text) } }
    var identifier: Int32 = 0
    let code = posix_spawn(&identifier, program, &actions, &attributes, argv, envp)
    guard code == 0 else { throw Failure(operation: "posix_spawn", code: code) }
    return identifier
  }

  /// Beside the test program itself, unless it is a path.
  public static func path(of program: String) throws -> String {
    guard !program.hasPrefix("/") else { return program }
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    guard count > 0 else { throw Failure(operation: "readlink", code: errno) }
    let own = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return own.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" } + "/\(program)"
  }
}
