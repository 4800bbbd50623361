internal import CMicroHTTPD
import Glibc

/// A request's head as the library parsed it in place, in its read buffer.
struct RawHead {
  let method: String
  /// True for HTTP/1.0.
  let isOld: Bool
  private(set) var headers = HTTPHeaders()
  /// False if the library let something pass that it read wrongly: a NUL inside of a line, a folded line
  /// (whose text it appends to the field's name), more than one space.
  private(set) var isIntact = true

  /// Only this version is known to lay out its buffer so that the check below is right; later ones refuse
  /// such requests by themselves.
  private static let isLayoutKnown = String(cString: MHD_get_version()) == "0.9.75"

  /// Where the next line must begin, if every line ended with CR LF; one less after a bare LF.
  private var expected: UInt

  init(
    _ handle: ConnectionHandle, targetEnd: UInt, method: UnsafePointer<CChar>, version: UnsafePointer<CChar>
  ) {
    self.method = String(cString: method)
    isOld = strcmp(version, "HTTP/1.0") == 0
    let start = UInt(bitPattern: version)
    expected = start + 8 + 2
    if Self.isLayoutKnown, targetEnd + 1 != start { isIntact = false }
    _ = withUnsafeMutablePointer(to: &self) { head in
      MHD_get_connection_values_n(handle.pointer, .HEADER_KIND, addField, UnsafeMutableRawPointer(head))
    }
    let end = UInt(bitPattern: method) + UInt(footnote_mhd_header_size(handle.pointer))
    check(lineAt: end, after: 2)
  }

  fileprivate mutating func add(
    _ name: UnsafePointer<CChar>, _ nameSize: Int, _ value: UnsafePointer<CChar>?, _ valueSize: Int
  ) {
    check(lineAt: UInt(bitPattern: name), after: 0)
    let nameText = Self.text(name, nameSize)
    guard let value else {
      headers.appendReceived(nameText, "")
      return
    }
    expected = UInt(bitPattern: value) + UInt(valueSize) + 2
    let valueText = Self.text(value, valueSize)
    // With a space behind it the library does not recognise "chunked", so neither may anyone else.
    let isExact = ASCII.equalIgnoringCase(nameText, "Transfer-Encoding")
    headers.appendReceived(nameText, isExact ? valueText : Self.trimmed(valueText))
  }

  /// - Parameter after: bytes of the blank line before `address`.
  private mutating func check(lineAt address: UInt, after blank: UInt) {
    guard Self.isLayoutKnown else { return }
    let difference = expected &+ blank &- address
    // 0 for CR LF, 1 for a bare LF; behind the last line there are two ends of line.
    if difference > (blank == 0 ? 1 : 2) { isIntact = false }
  }

  private static func text(_ start: UnsafePointer<CChar>, _ count: Int) -> String {
    start.withMemoryRebound(to: UInt8.self, capacity: count) { bytes in
      String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
    }
  }

  /// The library drops white space before a value and keeps it behind.
  private static func trimmed(_ value: String) -> String {
    guard let last = value.utf8.last, last == 0x20 || last == 0x09 else { return value }
    return String(ASCII.trimmed(value[...]))
  }
}

private func addField(
  _ context: UnsafeMutableRawPointer?, _: MHD_ValueKind, _ name: UnsafePointer<CChar>?, _ nameSize: Int,
  _ value: UnsafePointer<CChar>?, _ valueSize: Int
) -> MHD_Result {
  guard let context, let name else { return .NO }
  context.assumingMemoryBound(to: RawHead.self).pointee.add(name, nameSize, value, valueSize)
  return .YES
}
