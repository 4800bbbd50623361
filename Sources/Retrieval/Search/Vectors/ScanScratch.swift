internal import CVectorKernels
import Synchronization

/// Working memory of one thread that scans.
final class ScanScratch: @unchecked Sendable {
  // Safe to hand on: used by one thread at a time, see `ScanScratch.Shelf`.
  let bounds: [UnsafeMutablePointer<UInt16>]
  let rows: UnsafeMutablePointer<UInt32>
  let estimates: UnsafeMutablePointer<Float>
  let errors: UnsafeMutablePointer<Float>
  let products: UnsafeMutablePointer<Float>
  private let memory: MappedMemory

  /// More than any number of rows wanted at once and the room that `vk_highest` asks for beside them.
  static let room = 2 * VectorSegment.capacity

  init() {
    let half = VectorSegment.capacity * MemoryLayout<UInt16>.stride
    memory = MappedMemory(byteCount: Int(VK_BATCH) * half + 4 * Self.room * MemoryLayout<Float>.stride)
    let start = memory.start
    bounds = (0..<Int(VK_BATCH)).map { (start + $0 * half).assumingMemoryBound(to: UInt16.self) }
    let rest = start + Int(VK_BATCH) * half
    rows = rest.assumingMemoryBound(to: UInt32.self)
    let floats = (rest + Self.room * MemoryLayout<UInt32>.stride).assumingMemoryBound(to: Float.self)
    estimates = floats
    errors = floats + Self.room
    products = floats + 2 * Self.room
  }

  /// Keeps working memory for the next search.
  final class Shelf: Sendable {
    private let free = Mutex<[ScanScratch]>([])

    func with<Result>(_ body: (ScanScratch) -> Result) -> Result {
      let scratch = free.withLock { $0.popLast() } ?? ScanScratch()
      defer { free.withLock { $0.append(scratch) } }
      return body(scratch)
    }
  }
}
