import FoundationEssentials
import Glibc
import Synchronization

/// An nginx of the tests' own, from the distribution's package, that gives each request to the next of several servers.
public final class Nginx: Sendable {
  public struct Failure: Error, CustomStringConvertible {
    public let description: String
  }

  private static let program = "/usr/sbin/nginx"
  public static var isInstalled: Bool { access(program, X_OK) == 0 }
  public static let absence = "nginx is not installed: apt-get install nginx-light"

  public let port: Int
  /// Held for as long as the balancer is to run.
  private let process: Mutex<ChildProcess>

  /// - Parameters:
  ///   - directory: for its files; must exist.
  ///   - servers: ports of 127.0.0.1. Each answer's field `X-Server` says whose it is.
  public init(directory: String, servers: [Int]) async throws {
    port = try freePort()
    let upstream = servers.map { "server 127.0.0.1:\($0) max_fails=1 fail_timeout=60s;" }.joined(
      separator: " ")
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
      .map { "\($0)_temp_path \(directory)/nginx-\($0);" }.joined(separator: " ")
    try write(
      """
      daemon off; master_process off; worker_processes 1; pid \(directory)/nginx.pid; error_log stderr crit;
      events { worker_connections 256; }
      http {
        access_log off; \(temporary)
        upstream servers { \(upstream) }
        server {
          listen 127.0.0.1:\(port);
          client_max_body_size 64m;
          location / {
            proxy_pass http://servers;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
            proxy_buffering off;
            proxy_next_upstream error timeout;
            add_header X-Server $upstream_addr always;
          }
        }
      }
      """, to: directory + "/nginx.conf")
    process = Mutex(
      try ChildProcess(
        Self.program, ["-e", "stderr", "-p", directory, "-c", directory + "/nginx.conf"], environment: [:]))
    for _ in 0..<400 {
      if (try? RawHTTPClient(port: port)) != nil { return }
      try await Task.sleep(for: .milliseconds(10))
    }
    throw Failure(description: "nginx did not start with '\(directory)/nginx.conf'.")
  }
}
