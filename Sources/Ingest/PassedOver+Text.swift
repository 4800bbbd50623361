import Commands
import Retrieval

extension PassedOver {
  /// Kinds that are named; the rest is counted.
  private static let most = 6

  /// What a run says of files that it does not take in, so that nobody takes them for searchable: a line for each
  /// reason, none where there are no such files.
  var lines: [String] {
    var lines: [String] = []
    if !formats.isEmpty { lines.append("Passed over: \(unread)") }
    if generated > 0 {
      lines.append(
        "Passed over: \(HumanText.count(generated, "file")) that a website's generator or packer made beside its pages"
      )
    }
    if redirects > 0 {
      lines.append(
        "Passed over: \(HumanText.count(redirects, "page")) that only \(redirects == 1 ? "leads" : "lead") to another"
      )
    }
    return lines
  }

  private var unread: String {
    let kinds = formats.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let all = formats.values.reduce(0, +)
    var parts = kinds.prefix(Self.most).map {
      "\(HumanText.count($0.value)) \($0.key.isEmpty ? "without extension" : ".\($0.key)")"
    }
    let rest = kinds.dropFirst(Self.most).reduce(0) { $0 + $1.value }
    if rest > 0 { parts.append("\(HumanText.count(rest)) others") }
    return "\(HumanText.count(all, "file")) in formats that are not read (\(parts.joined(separator: ", ")))"
  }
}
