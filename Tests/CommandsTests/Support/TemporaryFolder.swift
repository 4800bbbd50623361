import Glibc

/// A folder that is removed, with the files in it, when the last reference goes.
final class TemporaryFolder {
  struct Failure: Error {
    let operation: String
    let code: Int32
  }

  let path: String
  private var names: Set<String> = []

  init() throws {
    var template = Array("/tmp/commands-tests-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Failure(operation: "mkdtemp", code: errno) }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    for name in names { unlink("\(path)/\(name)") }
    rmdir(path)
  }

  /// Writes a file in place and gives its path.
  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    let file = "\(path)/\(name)"
    guard let stream = fopen(file, "w") else { throw Failure(operation: "fopen", code: errno) }
    defer { fclose(stream) }
    names.insert(name)
    let bytes = Array(text.utf8)
    guard fwrite(bytes, 1, bytes.count, stream) == bytes.count else {
      throw Failure(operation: "fwrite", code: errno)
    }
    return file
  }

  func remove(_ name: String) {
    unlink("\(path)/\(name)")
    names.remove(name)
  }
}
