/// A number of bytes as people read it: "980 bytes", "1.5 MB". Units are powers of 1,024; one decimal, rounded
/// down, so that a size over a limit is never shown below it.
struct ByteCount: CustomStringConvertible {
  let count: Int

  init(_ count: Int) { self.count = count }

  var description: String {
    var unit = 1
    var name = "bytes"
    for (next, nextName) in [(1 << 10, "kB"), (1 << 20, "MB"), (1 << 30, "GB")] where count >= next {
      unit = next
      name = nextName
    }
    let tenths = count % unit / max(1, unit / 10)
    return tenths == 0 || unit == 1 ? "\(count / unit) \(name)" : "\(count / unit).\(min(tenths, 9)) \(name)"
  }
}
