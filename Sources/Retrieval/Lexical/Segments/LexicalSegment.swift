import Glibc
import Synchronization

/// An unchanging piece of the lexical index in memory, in the form in which it is stored.
final class LexicalSegment: Sendable {
  /// Its row; never used again, so that a segment that has been loaded need not be loaded again.
  let id: Int
  let format: SegmentFormat
  /// Never written after init, freed in deinit.
  private nonisolated(unsafe) let memory: UnsafeMutableRawPointer
  /// A checksum of all bytes.
  let checksum: UInt64
  private let madeFilter = AtomicLazyReference<TermFilter>()

  /// Takes a segment of `size` bytes from `fill`, which says how many it wrote. Nil if they are no segment.
  convenience init?(id: Int, size: Int, fill: (UnsafeMutableRawBufferPointer) throws -> Int) rethrows {
    guard size >= SegmentFormat.headSize else { return nil }
    // Blocks are read sixteen bytes at a time.
    let memory = UnsafeMutableRawPointer.allocate(byteCount: size + 16, alignment: 64)
    do {
      let written = try fill(UnsafeMutableRawBufferPointer(start: memory, count: size))
      memory.storeBytes(of: SIMD4<UInt32>(), toByteOffset: size, as: SIMD4<UInt32>.self)
      self.init(id: id, taking: memory, size: size, written: written)
    } catch {
      memory.deallocate()
      throw error
    }
  }

  /// Takes over `memory`, or frees it where it holds no segment.
  private init?(id: Int, taking memory: UnsafeMutableRawPointer, size: Int, written: Int) {
    guard written == size,
      let format = SegmentFormat(head: UnsafeRawBufferPointer(start: memory, count: SegmentFormat.headSize)),
      format.size == size
    else {
      memory.deallocate()
      return nil
    }
    self.id = id
    self.format = format
    self.memory = memory
    checksum = Checksum.of(UnsafeRawBufferPointer(start: memory, count: size))
  }

  deinit { memory.deallocate() }

  /// Chunks, the removed ones included.
  var count: Int { format.chunks }

  /// Row of a chunk.
  @inline(__always)
  func row(_ chunk: Int) -> Int {
    Int(memory.loadUnaligned(fromByteOffset: format.rows + 8 * chunk, as: Int64.self))
  }

  /// Lengths of the chunks, as stored: aligned to two bytes, since the memory and what lies before are.
  var lengths: UnsafePointer<UInt16> {
    UnsafePointer((memory + format.lengths).assumingMemoryBound(to: UInt16.self))
  }

  /// The place of the chunk in `row`; nil if the segment never held it.
  func chunk(inRow row: Int) -> Int? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self.row(middle) < row { low = middle + 1 } else { high = middle }
    }
    return low < count && self.row(low) == row ? low : nil
  }

  /// Visits the runs of chunks that belong to one document.
  func forEachRun(_ body: (_ document: Int, _ chunks: Range<Int>) -> Void) {
    for run in 0..<format.runs {
      let entry = format.runTable + SegmentFormat.runSize * run
      let document = Int(memory.loadUnaligned(fromByteOffset: entry, as: Int64.self))
      let start = runStart(run)
      let end = run + 1 < format.runs ? runStart(run + 1) : count
      if start < end, end <= count { body(document, start..<end) }
    }
  }

  private func runStart(_ run: Int) -> Int {
    Int(
      memory.loadUnaligned(fromByteOffset: format.runTable + SegmentFormat.runSize * run + 8, as: UInt32.self)
    )
  }

  // MARK: Terms

  /// Made when it is first asked for, from all terms.
  var termFilter: TermFilter { madeFilter.load() ?? madeFilter.storeIfNil(TermFilter(self)) }

  /// The list of the chunks that hold `term`; nil if there is none.
  func list(of term: UnsafeRawBufferPointer) -> PostingList? {
    let number = groupBefore(term)
    var reader = group(number)
    var start = reader.variable()
    // Bytes that `term` shares with the entry before, which is below it.
    var matched = 0
    for _ in 0..<min(SegmentFormat.group, format.terms - number * SegmentFormat.group) {
      let shared = reader.variable()
      let rest = reader.bytes(reader.variable())
      let (frequency, size) = (reader.variable(), reader.variable())
      // One that shares less differs from the entry before where `term` does not: it is above both.
      if shared < matched { return nil }
      if shared == matched {
        let end = shared + rest.count
        while matched < min(end, term.count), term[matched] == rest[matched - shared] { matched += 1 }
        if matched == end, end == term.count {
          return PostingList(frequency: min(frequency, count), bytes: postings(start, size))
        }
        if matched < end, matched == term.count || term[matched] < rest[matched - shared] { return nil }
      }
      start += size
    }
    return nil
  }

  /// The terms from `start` on, in order of their bytes.
  func terms(from start: UnsafeRawBufferPointer) -> TermIterator {
    TermIterator(self, group: groupBefore(start))
  }

  var terms: TermIterator { TermIterator(self, group: 0) }

  /// The last group whose first term is not above `term`.
  private func groupBefore(_ term: UnsafeRawBufferPointer) -> Int {
    var low = 0
    var high = format.groupCount
    while low < high {
      let middle = (low + high) / 2
      var reader = group(middle)
      _ = reader.variable()
      _ = reader.variable()
      let first = reader.bytes(reader.variable())
      if TermOrder.compare(first, term) <= 0 { low = middle + 1 } else { high = middle }
    }
    return max(0, low - 1)
  }

  fileprivate func group(_ number: Int) -> ByteReader {
    let start = Int(memory.loadUnaligned(fromByteOffset: format.groups + 4 * number, as: UInt32.self))
    let offset = min(start, format.dictionarySize)
    return ByteReader(
      UnsafeRawBufferPointer(
        start: memory + format.dictionary + offset, count: format.dictionarySize - offset))
  }

  fileprivate func postings(_ start: Int, _ size: Int) -> UnsafeRawBufferPointer {
    guard start >= 0, size >= 0, start <= format.postingsSize, size <= format.postingsSize - start else {
      return UnsafeRawBufferPointer(start: memory, count: 0)
    }
    return UnsafeRawBufferPointer(start: memory + format.postings + start, count: size)
  }
}

/// Walks through the terms of a segment, which it keeps alive.
struct TermIterator {
  private let segment: LexicalSegment
  private var following: Int
  private var reader: ByteReader
  private var listStart = 0
  private var frequency = 0
  private var size = 0
  /// The current term.
  private(set) var term: [UInt8] = []

  init(_ segment: LexicalSegment, group: Int) {
    self.segment = segment
    following = group * SegmentFormat.group
    reader = ByteReader(UnsafeRawBufferPointer(start: nil, count: 0))
  }

  /// Goes to the next term; false at the end.
  mutating func next() -> Bool {
    guard following < segment.format.terms else { return false }
    if following % SegmentFormat.group == 0 {
      reader = segment.group(following / SegmentFormat.group)
      listStart = reader.variable()
      size = 0
      term.removeAll(keepingCapacity: true)
    }
    following += 1
    let shared = min(reader.variable(), term.count)
    let rest = reader.bytes(reader.variable())
    term.removeLast(term.count - shared)
    term.append(contentsOf: rest)
    listStart += size
    frequency = reader.variable()
    size = reader.variable()
    return true
  }

  func compare(with other: UnsafeRawBufferPointer) -> Int {
    term.withUnsafeBytes { TermOrder.compare($0, other) }
  }

  /// The chunks that hold the current term.
  var list: PostingList {
    PostingList(frequency: min(frequency, segment.count), bytes: segment.postings(listStart, size))
  }
}

/// Order of terms: by their bytes, which for UTF-8 is that of their code points.
enum TermOrder {
  static func compare(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Int {
    let count = min(left.count, right.count)
    if count > 0, let left = left.baseAddress, let right = right.baseAddress {
      let order = memcmp(left, right, count)
      if order != 0 { return Int(order) }
    }
    return left.count - right.count
  }
}
