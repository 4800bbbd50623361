import FoundationEssentials
import Glibc

/// What the system says of this process (proc(5)).
struct ProcessNumbers {
  /// Bytes of memory in use.
  var residentBytes: Double?
  var virtualBytes: Double?
  /// Seconds of processor time.
  var processorSeconds: Double
  /// Seconds since 1970.
  var startTime: Double?
  var threads: Double?
  var openDescriptors: Double?

  init() {
    let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
    if let memory = Self.memory { (virtualBytes, residentBytes) = memory }
    // The second field, the program's name in parentheses, may hold spaces; the third follows the last one.
    if let stat = Self.read("/proc/self/stat"), let name = stat.lastIndex(of: ")") {
      let fields = stat[stat.index(after: name)...].split(separator: " ")
      // Fields 20 and 22 of proc(5), counted from the third.
      if fields.count > 19 {
        threads = Double(fields[17])
        if let boot = Self.bootTime, let started = Double(fields[19]) { startTime = boot + started / ticks }
      }
    }
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    processorSeconds =
      Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
      + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
    if let directory = opendir("/proc/self/fd") {
      var count = 0.0
      while readdir(directory) != nil { count += 1 }
      closedir(directory)
      // Without ".", ".." and the directory's own.
      openDescriptors = count - 3
    }
  }

  /// Bytes of memory in use now.
  static var residentBytes: Double? { memory?.resident }

  private static var memory: (virtual: Double, resident: Double)? {
    let page = Double(sysconf(Int32(_SC_PAGESIZE)))
    let fields = read("/proc/self/statm")?.split(separator: " ").compactMap { Double($0) } ?? []
    return fields.count > 1 ? (fields[0] * page, fields[1] * page) : nil
  }

  private static let bootTime: Double? = read("/proc/stat")?.split(separator: "\n")
    .first { $0.hasPrefix("btime ") }.flatMap { Double($0.dropFirst(6)) }

  private static func read(_ path: String) -> String? {
    (try? Data(contentsOf: URL(filePath: path))).map { String(decoding: $0, as: UTF8.self) }
  }
}
