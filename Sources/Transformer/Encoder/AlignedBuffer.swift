import Glibc

/// Zeroed memory that starts on a cache line and is freed with its owner.
final class AlignedBuffer<Element: BitwiseCopyable>: @unchecked Sendable {
  // Sendable: owners that share a buffer between threads only read it once it is filled.
  let start: UnsafeMutablePointer<Element>
  let count: Int

  init(_ count: Int) {
    self.count = count
    let bytes = max(count, 1) * MemoryLayout<Element>.stride
    let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
    memset(memory, 0, bytes)
    start = memory.bindMemory(to: Element.self, capacity: max(count, 1))
  }

  deinit { UnsafeMutableRawPointer(start).deallocate() }
}
