import FoundationEssentials
import Glibc
import Synchronization

/// A Redis server of the tests' own, from the distribution's package, in a temporary directory, gone with the
/// process however that ends. Every change is in its file before it is acknowledged.
public final class RedisServer: Sendable {
  public struct Failure: Error, CustomStringConvertible {
    public let description: String
  }

  private static let program = "/usr/bin/redis-server"
  public static var isInstalled: Bool { access(program, X_OK) == 0 }
  public static let absence = "Redis is not installed: apt-get install redis-server"

  private static let starting = Task { try await RedisServer() }

  /// The server, which the first to ask starts.
  public static var shared: RedisServer {
    get async throws { try await starting.value }
  }

  public let directory: String
  public let port: Int
  /// Its standard input, once closed, stops the server for good; a line starts it anew.
  private let keeper: Mutex<ChildProcess>
  private let prefixes = Atomic<Int>(0)
  private let starts = Atomic<Int>(0)

  /// The password of the user `footnote`, who is asked for one by TCP and by the socket alike.
  public static let password = "red-is/s@cret"

  public init() async throws {
    guard Self.isInstalled else { throw Failure(description: Self.absence) }
    port = try freePort()
    directory = "/tmp/footnote-redis-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
    let script = """
      umask 077
      mkdir "$0" || exit 1
      n=0
      trap 'rm -rf "$0"' EXIT
      start() {
        "$1" --dir "$0" --unixsocket "$0/socket" --unixsocketperm 700 --bind 127.0.0.1 --port "$2" \\
          --appendonly yes --appendfsync no --save "" --databases 4 \\
          --user footnote on '>red-is/s@cret' '~*' +@all >>"$0/log" 2>&1 &
        server=$!
        until [ "$(redis-cli -s "$0/socket" ping 2>/dev/null)" = PONG ]; do
          kill -0 $server 2>/dev/null || exit 1
          sleep 0.02
        done
        n=$((n + 1)); touch "$0/started.$n"; echo started
      }
      start "$@"
      while read -r word; do
        [ "$word" = stop ] && break
        kill -9 $server; wait $server 2>/dev/null; rm -f "$0/socket"
        start "$@"
      done
      kill -9 $server
      """
    let child = try ChildProcess(
      "/bin/sh", ["-c", script, directory, Self.program, "\(port)"], environment: ["PATH": "/usr/bin:/bin"])
    var lines = child.output.makeAsyncIterator()
    guard try await lines.next() == "started" else { throw Failure(description: "Redis did not start.") }
    keeper = Mutex(child)
  }

  /// The address of the server by its socket, where everybody is let in.
  public var url: String { "unix://\(directory)/socket?db=1" }

  /// The beginning of keys that nobody else uses.
  public func prefix() -> String { "test\(prefixes.add(1, ordering: .relaxed).newValue):" }

  /// Ends the server: one that is not shared would else outlive its test.
  public func stop() async throws {
    try keeper.withLock { try $0.write("stop\n") }
    while access(directory, F_OK) == 0 { try await Task.sleep(for: .milliseconds(5)) }
  }

  /// Kills the server and starts it again.
  public func restart() async throws {
    let number = starts.add(1, ordering: .relaxed).newValue + 1
    try keeper.withLock { try $0.write("again\n") }
    while access("\(directory)/started.\(number)", F_OK) != 0 { try await Task.sleep(for: .milliseconds(5)) }
  }
}
