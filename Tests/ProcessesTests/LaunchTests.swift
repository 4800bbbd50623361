import Glibc
import Processes
import TestSupport
import Testing

@Suite struct LaunchTests {
  /// What a program prints, and how it ended: its exit code, or the negative number of a signal.
  private func run(_ launch: Launch) throws -> (output: String, code: Int32) {
    let (input, output, errors) = (try Pipe(), try Pipe(), try Pipe())
    let child = try launch.start(input: input.reader, output: output.writer, errors: errors.writer)
    for pipe in [input, output, errors] { pipe.closeWriter() }
    var text: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while case let count = read(output.reader, &buffer, buffer.count), count > 0 { text += buffer[..<count] }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    let code = status & 0x7F == 0 ? (status >> 8) & 0xFF : -(status & 0x7F)
    return (String(decoding: text, as: UTF8.self), code)
  }

  @Test func `arguments pass as they are, and the environment is the given one`() throws {
    let launch = Launch(
      "sh", ["-c", #"printf '%s|' "$@" "$WORD" "$HOME"; exit 7"#, "sh", "a b", "$x", "ü"],
      environment: ["WORD": "=1", "PATH": "/usr/bin:/bin"])
    let (output, code) = try run(launch)
    #expect(output == "a b|$x|ü|=1||" && code == 7)
  }

  @Test func `it starts where it is told to, in a group of its own`() throws {
    try withTemporaryDirectory { directory in
      let script = "pwd -P; cut -d' ' -f5 /proc/$$/stat; echo $$"
      let launch = Launch("/bin/sh", ["-c", script], directory: directory)
      let lines = try run(launch).output.split(separator: "\n").map { $0.filter { $0 != " " } }
      #expect(lines.count == 3 && lines[0].hasSuffix(directory) && lines[1] == lines[2])
    }
  }

  @Test func `it inherits no file, not even one that was opened to be inherited`() throws {
    let descriptor = dup(0)
    defer { close(descriptor) }
    _ = fcntl(descriptor, F_SETFD, 0)
    let (output, _) = try run(Launch("/bin/sh", ["-c", "ls /proc/self/fd | tr '\\n' ' '"]))
    // The fourth is the folder that is listed.
    #expect(output == "0 1 2 3 ")
  }

  @Test func `signals have their usual effects, though they are ignored here`() throws {
    let before = signal(SIGPIPE, SIG_IGN)
    defer { signal(SIGPIPE, before) }
    #expect(try run(Launch("/bin/sh", ["-c", "kill -PIPE $$"])).code == -SIGPIPE)
  }

  @Test func `what cannot be started is named with the reason`() {
    let error = #expect(throws: ProcessError.self) { try run(Launch("/no/such/program")) }
    #expect(error?.description == "Cannot start '/no/such/program': No such file or directory.")
    #expect(throws: ProcessError.self) { try run(Launch("/bin/sh", directory: "/no/such/folder")) }
  }

  @Test func `programs are found by PATH`() {
    #expect(Launch.find("sh")?.hasSuffix("/sh") == true)
    #expect(Launch.find("no-such-program") == nil)
  }
}
