import Glibc

/// A temporary directory for the files of a model, removed with its owner.
public final class ModelFolder: Sendable {
  public let path: String

  public init() {
    var template = Array("/tmp/footnote-model-XXXXXX".utf8CString)
    path = template.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress, let made = mkdtemp(start) else { return "/tmp/footnote-model" }
      return String(cString: made)
    }
  }

  deinit { Self.remove(path) }

  /// Writes `bytes` to `name`, whose folder may not exist yet; returns the file's path.
  @discardableResult
  public func write(_ name: String, _ bytes: [UInt8]) -> String {
    let file = "\(path)/\(name)"
    if let slash = name.lastIndex(of: "/") { mkdir("\(path)/\(name[..<slash])", 0o755) }
    guard let handle = fopen(file, "wb") else { return file }
    _ = bytes.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, handle) }
    fclose(handle)
    return file
  }

  @discardableResult
  public func write(_ name: String, _ text: String) -> String { write(name, Array(text.utf8)) }

  private static func remove(_ path: String) {
    if let directory = opendir(path) {
      while let entry = readdir(directory) {
        let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
          String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        if name != ".", name != ".." { remove("\(path)/\(name)") }
      }
      closedir(directory)
      rmdir(path)
    } else {
      unlink(path)
    }
  }
}
