import Glibc

/// Asks for passwords: typed unseen on a terminal, or one a line from a pipe.
public struct SecretInput {
  private let source: InputSource
  private let output: Output
  private var lines: InputLines.Iterator

  public init(descriptor: Int32 = STDIN_FILENO, output: Output) {
    source = InputSource(descriptor)
    self.output = output
    lines = InputLines(descriptor: descriptor, longestLine: 4096).makeAsyncIterator()
  }

  /// Nil where the input ends instead. Ctrl-C while typing throws `CancellationError`.
  public mutating func read(prompt: String) async throws -> String? {
    guard isatty(source.descriptor) == 1 else { return try await lines.next() }
    let terminal = try UnseenTyping(source.descriptor)
    defer {
      terminal.restore()
      output.prompt("\n")
    }
    output.prompt(prompt)
    return try await type()
  }

  /// The line editing that the terminal leaves to us while it neither echoes nor makes signals: a signal at
  /// this point would end the process with the terminal still mute.
  private func type() async throws -> String? {
    var typed: [UInt8] = []
    while true {
      for byte in try await source.read() {
        switch byte {
        case 0x03: throw CancellationError()
        case 0x04 where typed.isEmpty: return nil
        case 0x0A, 0x0D: return String(decoding: typed, as: UTF8.self)
        case 0x15: typed = []
        case 0x08, 0x7F:
          // A character's continuation bytes go with its first.
          while let last = typed.popLast(), last & 0xC0 == 0x80 {}
        case 0x20...: if typed.count < 4096 { typed.append(byte) }
        default: break
        }
      }
    }
  }
}

/// A terminal that shows nothing and passes every key on.
private struct UnseenTyping {
  private let descriptor: Int32
  private let before: termios

  init(_ descriptor: Int32) throws(InputError) {
    var mode = termios()
    guard tcgetattr(descriptor, &mode) == 0 else { throw .unreadable(String(cString: strerror(errno))) }
    before = mode
    self.descriptor = descriptor
    mode.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG)
    guard tcsetattr(descriptor, TCSAFLUSH, &mode) == 0 else {
      throw .unreadable(String(cString: strerror(errno)))
    }
  }

  func restore() {
    var mode = before
    tcsetattr(descriptor, TCSAFLUSH, &mode)
  }
}
