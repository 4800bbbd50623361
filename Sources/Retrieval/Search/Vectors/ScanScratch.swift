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

  /// Room for the bounds of all rows of an index for one question, a half float a row.
  final class Bounds: @unchecked Sendable {
    // Safe to hand on: threads write and read different rows, or one after the other.
    private let memory: MappedMemory
    fileprivate let rows: Int

    fileprivate init(rows: Int) {
      self.rows = rows
      memory = MappedMemory(byteCount: rows * MemoryLayout<UInt16>.stride)
    }

    var start: UnsafeMutablePointer<UInt16> { memory.values() }
  }

  /// Keeps working memory for the next search.
  final class Shelf: Sendable {
    private let free = Mutex<[ScanScratch]>([])
    private let freeBounds = Mutex<[Bounds]>([])

    func bounds(rows: Int) -> Bounds {
      let kept = freeBounds.withLock { free in
        free.lastIndex { $0.rows == rows }.map { free.remove(at: $0) }
      }
      return kept ?? Bounds(rows: rows)
    }

    /// Keeps a few, of the size that was last in use.
    func put(_ bounds: Bounds) {
      freeBounds.withLock { free in
        free.removeAll { $0.rows != bounds.rows }
        if free.count < 4 { free.append(bounds) }
      }
    }

    func with<Result>(_ body: (ScanScratch) -> Result) -> Result {
      let scratch = free.withLock { $0.popLast() } ?? ScanScratch()
      defer { free.withLock { $0.append(scratch) } }
      return body(scratch)
    }
  }
}
