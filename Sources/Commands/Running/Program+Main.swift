import FoundationEssentials
import Glibc

extension Program {
  /// Runs as this process and ends it with the right exit code: the whole of an executable's `main`.
  public func main() async -> Never {
    // A closed pipe is then an error of `write`, which `Output` knows how to take.
    signal(SIGPIPE, SIG_IGN)
    let settings = Settings.process()
    let output = Output.standard(environment: ProcessInfo.processInfo.environment)
    let arguments = Array(CommandLine.arguments.dropFirst())
    let outcome = await Interruption.cancelling { signal in
      if signal == .interrupt, output.terminalWidth(.messages) != nil {
        output.errorLine("Stopping; press Ctrl-C again to stop at once.")
      }
    } _: {
      await run(arguments, settings: settings, output: output)
    }
    output.setStatus("")
    // `run` throws nothing, so there is always a code; it knows of the interruption but not of its signal.
    guard case .success(let code) = outcome.result else { exit(ExitCode.failure.rawValue) }
    exit(code == .interrupted ? (outcome.signal?.exitCode ?? code).rawValue : code.rawValue)
  }
}
