import Glibc
import Retrieval
import Testing

/// Runs a parser on a thread with 256 KiB of stack.
enum OnSmallStack {
  private final class Job {
    let parser: any DocumentParser
    let bytes: [UInt8]
    let name: String
    var seconds = 0.0
    var document: ParsedDocument?

    init(_ parser: any DocumentParser, _ bytes: [UInt8], _ name: String) {
      (self.parser, self.bytes, self.name) = (parser, bytes, name)
    }

    func run() {
      let start = Self.processorTime()
      document = try? parser.parse(bytes, name: name)
      seconds = Self.processorTime() - start
    }

    private static func processorTime() -> Double {
      var time = timespec()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
  }

  /// Four times the document takes about four times as long, and sixteen times if time is quadratic.
  static func expectLinearTime(_ parser: any DocumentParser, _ name: String, short: [UInt8], long: [UInt8]) {
    // The runtime makes types when they are first used, which takes more stack than is given below.
    _ = try? parser.parse(short, name: name)
    var first = Double.infinity
    var second = Double.infinity
    var tries = 0
    // Again if the machine may have been busy with something else: the least time is the document's own.
    repeat {
      first = min(first, seconds(parser, short, name))
      second = min(second, seconds(parser, long, name))
      tries += 1
    } while second >= 9 * first + 0.05 && tries < 5
    #expect(second < 9 * first + 0.05, "\(first) s, then \(second) s")
  }

  /// Processor time of one reading.
  static func seconds(_ parser: any DocumentParser, _ bytes: [UInt8], _ name: String) -> Double {
    run(Job(parser, bytes, name))?.seconds ?? .infinity
  }

  /// What a parser makes of a document; nil where it throws.
  static func document(_ parser: any DocumentParser, _ bytes: [UInt8], _ name: String = "") -> ParsedDocument?
  {
    run(Job(parser, bytes, name))?.document
  }

  /// - Returns: the job when it has ended; nil where no thread could be had.
  private static func run(_ job: Job) -> Job? {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, 256 << 10)
    var thread = pthread_t()
    let started = pthread_create(
      &thread, &attributes,
      { box in
        if let box { Unmanaged<Job>.fromOpaque(box).takeUnretainedValue().run() }
        return nil
      }, Unmanaged.passUnretained(job).toOpaque())
    guard started == 0 else { return nil }
    pthread_join(thread, nil)
    return job
  }
}
