internal import CSpawn
import Glibc

/// How a program is started: as the leader of a process group of its own, with default signals, and with no open file
/// beyond its three streams, whatever this process has open.
public struct Launch: Sendable {
  /// A path, or a name that is looked up in this process's `PATH`.
  public var program: String
  public var arguments: [String]
  /// All that the child sees of it.
  public var environment: [String: String]
  /// Where it starts; here if nil.
  public var directory: String?

  public init(
    _ program: String, _ arguments: [String] = [], environment: [String: String] = [:],
    directory: String? = nil
  ) {
    self.program = program
    self.arguments = arguments
    self.environment = environment
    self.directory = directory
  }

  /// Starts the program, without a shell.
  ///
  /// - Parameters:
  ///   - input: becomes its standard input; the others its standard output and standard error.
  /// - Returns: the number of the process, which is that of its group too and has to be waited for.
  public func start(input: Int32, output: Int32, errors: Int32) throws(ProcessError) -> Int32 {
    var actions = posix_spawn_file_actions_t()
    try check(posix_spawn_file_actions_init(&actions))
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (target, stream) in [input, output, errors].enumerated() {
      try check(posix_spawn_file_actions_adddup2(&actions, stream, Int32(target)))
    }
    // Neither the corpus nor sockets nor pipes of other children are its business.
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

    var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] =
      environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for word in words + variables { free(word) } }
    var child = pid_t()
    try check(posix_spawnp(&child, program, &actions, &attributes, &words, &variables))
    return child
  }

  private func check(_ result: Int32) throws(ProcessError) {
    guard result == 0 else { throw ProcessError("start '\(program)'", result) }
  }

  /// The path of a program by this process's `PATH`; nil if it is not installed.
  public static func find(_ name: String) -> String? {
    let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"
    return path.split(separator: ":").map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
  }
}
