import Glibc

/// A terminal that a test types on: what a program reads from and writes to `slave` is at `master`'s other end.
final class PseudoTerminal {
  struct Failure: Error {
    let operation: String
    let code: Int32
  }

  let master: Int32
  let slave: Int32

  init(columns: UInt16 = 80) throws {
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard master >= 0 else { throw Failure(operation: "ptmx", code: errno) }
    // TIOCSPTLCK and TIOCGPTN of tty_ioctl(4), as macros with arguments are not imported.
    var unlocked: Int32 = 0
    var number: Int32 = 0
    guard ioctl(master, 0x4004_5431, &unlocked) == 0, ioctl(master, 0x8004_5430, &number) == 0 else {
      throw Failure(operation: "ioctl", code: errno)
    }
    slave = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard slave >= 0 else { throw Failure(operation: "pts", code: errno) }
    var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    guard ioctl(master, UInt(TIOCSWINSZ), &size) == 0 else { throw Failure(operation: "size", code: errno) }
  }

  deinit {
    close(slave)
    close(master)
  }

  var echoes: Bool {
    var mode = termios()
    tcgetattr(slave, &mode)
    return mode.c_lflag & tcflag_t(ECHO) != 0
  }

  func type(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(master, bytes, bytes.count)
  }
}
