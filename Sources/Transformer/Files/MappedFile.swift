import Glibc

/// A file's bytes, mapped read-only: pages are read when they are touched and shared between processes.
///
/// A file that is cut short by somebody else while it is mapped ends the process, as with every mapping;
/// model files are written once.
final class MappedFile: @unchecked Sendable {  // Sendable: the bytes are never written after `init`.
  let path: String
  let bytes: UnsafeRawBufferPointer

  init(path: String) throws(TransformerError) {
    self.path = path
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.failure(path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Self.failure(path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .cannotRead(file: path, reason: "it is not a regular file")
    }
    guard status.st_size > 0 else {
      bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      return
    }
    let address = mmap(nil, Int(status.st_size), PROT_READ, MAP_PRIVATE, descriptor, 0)
    guard let address, address != MAP_FAILED else { throw Self.failure(path) }
    bytes = UnsafeRawBufferPointer(start: address, count: Int(status.st_size))
  }

  deinit {
    if let address = bytes.baseAddress { munmap(UnsafeMutableRawPointer(mutating: address), bytes.count) }
  }

  /// Whether `path` names something that exists.
  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  private static func failure(_ path: String) -> TransformerError {
    .cannotRead(file: path, reason: String(cString: strerror(errno)))
  }
}
