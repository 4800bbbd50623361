import Commands
import HTTPServer

// Commands has a type of this name too.
import struct HTTPServer.Request

/// Says in the log what was asked and what went wrong; never what a body or a query held.
struct RequestLog: Sendable {
  let log: Log
  let queue: LogQueue

  /// What probes ask for every few seconds is logged only where it fails, or for debugging.
  private static let probes: Set<String?> = ["/health", "/metrics"]

  /// A path as long as one can be would fill the log.
  static func shortened(_ path: String) -> String {
    path.utf8.count <= longestPath ? path : path.prefix(longestPath) + "…"
  }

  private static let longestPath = 256

  @Sendable func record(_ entry: AccessLog.Entry) {
    let isProbe = entry.status.code < 400 && Self.probes.contains(entry.route)
    guard log.level <= (isProbe ? .debug : .info) else { return }
    let log = log
    queue.write {
      log.info(
        "\(entry.method) \(Self.shortened(entry.path))",
        [
          "status": .integer(entry.status.code),
          "milliseconds": .number(entry.duration.milliseconds),
          "bytes": .integer(entry.bodyBytes), "client": .string(entry.clientAddress),
          "request_id": .string(entry.requestID),
        ])
    }
  }

  /// Something that its sender is not told, or that concerns no request.
  func warn(_ text: String, _ request: Request? = nil) {
    let log = log
    queue.write {
      guard let request else { return log.warning("\(text)") }
      log.warning(
        "\(text)",
        [
          "path": .string(Self.shortened(request.path)), "client": .string(request.clientAddress),
          "request_id": .string(request.id),
        ])
    }
  }

  @Sendable func report(_ error: any Error, _ request: Request) {
    let log = log
    queue.write {
      log.error(
        "\(error)", ["path": .string(Self.shortened(request.path)), "request_id": .string(request.id)])
    }
  }
}

extension RequestLog {
  /// Tells of a failure that no client saw. That a client has left meanwhile is none.
  @Sendable func note(_ error: any Error) {
    if error is CancellationError { return }
    let log = log
    queue.write { log.error("\(error)") }
  }
}

extension Duration {
  /// With three digits after the point.
  var milliseconds: Double { (self / .microseconds(1)).rounded() / 1000 }
}
