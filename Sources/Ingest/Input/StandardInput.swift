import Dispatch
import Glibc
import Retrieval

/// A document that came through standard input.
struct StandardInput: Sendable {
  let file: SourceFile
  let bytes: [UInt8]

  /// Reads all of standard input.
  ///
  /// - Parameters:
  ///   - name: names the document, so that it can be replaced later; without one its content does.
  ///   - limit: bytes; one more than that is read, for whoever checks sizes to notice.
  static func read(name: String?, limit: Int) async throws -> StandardInput {
    let bytes: [UInt8] = try await withCheckedThrowingContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(with: Result { try readAll(limit: limit) }) }
    }
    let identity = name ?? String(ContentHash(bytes).hexadecimal.prefix(12))
    return StandardInput(
      file: SourceFile(source: "stdin:\(identity)", name: name ?? "stdin:\(identity)", size: bytes.count),
      bytes: bytes)
  }

  private static func readAll(limit: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= limit {
      let count = Glibc.read(STDIN_FILENO, &buffer, buffer.count)
      if count == 0 { break }
      if count < 0 {
        if errno == EINTR { continue }
        throw DocumentError(
          .unreadable, "Standard input cannot be read: \(String(cString: strerror(errno))).")
      }
      bytes += buffer[..<count]
    }
    return bytes
  }
}
