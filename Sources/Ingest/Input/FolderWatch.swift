import Commands
import Retrieval

/// Runs `ingest add` again whenever something below its paths has changed.
///
/// Looks at names, sizes and times once a second, which works on every file system, network ones among them, and costs
/// a few milliseconds a thousand files.
struct FolderWatch {
  private let invocation: Invocation
  private let interval: Duration

  init(_ invocation: Invocation, interval: Duration = .seconds(1)) {
    self.invocation = invocation
    self.interval = interval
  }

  /// Returns when interrupted; what fails in one round is said and tried again in the next.
  func run(_ take: () async throws -> ExitCode) async throws -> ExitCode {
    var taken: Set<SourceFile>?
    while !Task.isCancelled {
      let found = Set(try await Sources(invocation).discovery.files)
      if found != taken {
        // Files that are still being written would be read by halves.
        if taken != nil {
          guard (try? await Task.sleep(for: .milliseconds(300))) != nil else { break }
          guard Set(try await Sources(invocation).discovery.files) == found else { continue }
        }
        let code = try await take()
        if code == .interrupted { return code }
        if taken == nil { invocation.log.info("Watching for changes; Ctrl-C stops.") }
        taken = found
      }
      guard (try? await Task.sleep(for: interval)) != nil else { break }
    }
    return .success
  }
}
