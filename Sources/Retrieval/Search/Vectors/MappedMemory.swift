import Glibc

/// Zeroed memory that the system provides as it is touched, on large pages where it has them: scans of small
/// pages wait for address translation and run at half the speed.
///
/// Written by whoever owns the rows in it, before they are handed to anybody else.
final class MappedMemory: Sendable {
  nonisolated(unsafe) let start: UnsafeMutableRawPointer
  let byteCount: Int
  private let isMapped: Bool

  init(byteCount: Int) {
    let size = max(byteCount, 1)
    // Small memory is sooner had without the system.
    guard size >= 256 << 10 else {
      start = .allocate(byteCount: size, alignment: 64)
      start.initializeMemory(as: UInt8.self, repeating: 0, count: size)
      (self.byteCount, isMapped) = (size, false)
      return
    }
    isMapped = true
    // Aligned to large pages: reserve one more and give the rest back.
    let large = 2 << 20
    let reserved = size >= large ? size + large : size
    let memory = mmap(
      nil, reserved, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
    guard let memory, memory != MAP_FAILED else {
      fatalError("No address space is left for \(size) bytes of vectors.")
    }
    guard size >= large else {
      (start, self.byteCount) = (memory, size)
      return
    }
    let before = (large - Int(bitPattern: memory) % large) % large
    if before > 0 { munmap(memory, before) }
    start = memory + before
    let page = Int(getpagesize())
    self.byteCount = (size + page - 1) / page * page
    let after = reserved - before - self.byteCount
    if after >= page { munmap(start + self.byteCount, after / page * page) }
    madvise(start, self.byteCount, MADV_HUGEPAGE)
  }

  deinit {
    if isMapped { munmap(start, byteCount) } else { start.deallocate() }
  }

  /// The memory as values of one type.
  func values<Value: BitwiseCopyable>(of type: Value.Type = Value.self) -> UnsafeMutablePointer<Value> {
    start.assumingMemoryBound(to: type)
  }
}
