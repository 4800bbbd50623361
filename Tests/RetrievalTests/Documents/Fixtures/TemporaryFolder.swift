import Glibc

@testable import Retrieval

/// A folder of files that goes with the test.
final class TemporaryFolder {
  /// Real path.
  let path: String

  init() throws {
    var template = Array("/tmp/footnote-test-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw DocumentError.unreadable(errno) }
    path = try FileStatus.realPath(String(cString: made))
  }

  deinit {
    Self.empty(open(path, O_RDONLY | O_DIRECTORY))
    rmdir(path)
  }

  /// Removes what is in an open folder, whatever its names are made of, and closes it.
  private static func empty(_ descriptor: Int32) {
    guard let folder = fdopendir(descriptor) else { return }
    defer { closedir(folder) }
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.bindMemory(to: CChar.self)) }
      let length = name.firstIndex(of: 0) ?? 0
      if length < 3, name[..<length].allSatisfy({ $0 == 0x2E }) { continue }
      guard unlinkat(descriptor, name, 0) != 0 else { continue }
      empty(openat(descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW))
      unlinkat(descriptor, name, AT_REMOVEDIR)
    }
  }

  /// Writes a file, its folders too, and returns its path.
  @discardableResult
  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let target = "\(path)/\(name)"
    try makeFolder(String(FileName.parent(name)))
    let file = open(target, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard file >= 0 else { throw DocumentError.unreadable(errno) }
    defer { close(file) }
    guard Glibc.write(file, bytes, bytes.count) == bytes.count else { throw DocumentError.unreadable(errno) }
    return target
  }

  @discardableResult
  func write(_ name: String, _ text: String) throws -> String { try write(name, Array(text.utf8)) }

  /// Makes a folder and those above it.
  func makeFolder(_ name: String) throws {
    var made = path
    for part in name.split(separator: "/") {
      made += "/\(part)"
      if mkdir(made, 0o755) != 0, errno != EEXIST { throw DocumentError.unreadable(errno) }
    }
  }

  func link(_ name: String, to target: String) throws {
    guard symlink(target, "\(path)/\(name)") == 0 else { throw DocumentError.unreadable(errno) }
  }

  /// A file of `size` bytes that takes no room on disk.
  func writeSparse(_ name: String, size: Int) throws -> String {
    let target = try write(name, "")
    guard truncate(target, off_t(size)) == 0 else { throw DocumentError.unreadable(errno) }
    return target
  }

  func source(_ name: String) -> SourceFile { SourceFile(source: "\(path)/\(name)", name: name) }
}

extension FileName {
  fileprivate static func parent(_ name: String) -> Substring {
    name.dropLast(lastComponent(name).count)
  }
}
