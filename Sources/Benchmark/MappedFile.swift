import Glibc

/// A file's bytes in memory, read as they are touched.
final class MappedFile: Sendable {
  private nonisolated(unsafe) let start: UnsafeMutableRawPointer
  private let byteCount: Int

  init(_ path: String) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw BenchmarkError("cannot open '\(path)'") }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_size > 0,
      let memory = mmap(nil, Int(status.st_size), PROT_READ, MAP_PRIVATE, descriptor, 0), memory != MAP_FAILED
    else { throw BenchmarkError("cannot read '\(path)', or it is empty") }
    start = memory
    byteCount = Int(status.st_size)
  }

  deinit { munmap(start, byteCount) }

  /// The bytes as float32 values; valid as long as the file is.
  var floats: UnsafeBufferPointer<Float> {
    UnsafeRawBufferPointer(start: start, count: byteCount / 4 * 4).bindMemory(to: Float.self)
  }
}
