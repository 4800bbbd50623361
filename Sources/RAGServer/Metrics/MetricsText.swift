/// Prometheus's text format, version 0.0.4.
struct MetricsText {
  static let contentType = "text/plain; version=0.0.4; charset=utf-8"

  typealias Labels = KeyValuePairs<String, String>

  enum Kind: String { case counter, gauge, histogram }

  private(set) var text = ""

  /// A metric and its samples, which follow each other in the text as the format demands.
  mutating func family(
    _ name: String, _ kind: Kind, _ help: String, _ samples: [(labels: Labels, value: Double)]
  ) {
    guard !samples.isEmpty else { return }
    head(name, kind, help)
    for (labels, value) in samples { sample(name, labels, value) }
  }

  mutating func gauge(_ name: String, _ help: String, _ value: Double?) {
    if let value { family(name, .gauge, help, [([:], value)]) }
  }

  mutating func histograms(_ name: String, _ help: String, _ samples: [(labels: Labels, value: Histogram)]) {
    guard !samples.isEmpty else { return }
    head(name, .histogram, help)
    for (labels, histogram) in samples {
      var below = 0
      for (index, count) in histogram.counts.enumerated() {
        below += count
        let bound = index < Histogram.bounds.count ? Self.number(Histogram.bounds[index]) : "+Inf"
        sample(name + "_bucket", labels, Double(below), last: ("le", bound))
      }
      sample(name + "_sum", labels, histogram.sum)
      sample(name + "_count", labels, Double(below))
    }
  }

  private mutating func head(_ name: String, _ kind: Kind, _ help: String) {
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
  }

  private mutating func sample(
    _ name: String, _ labels: Labels, _ value: Double, last: (String, String)? = nil
  ) {
    text += name
    let pairs = labels.map { ($0.key, $0.value) } + (last.map { [$0] } ?? [])
    if !pairs.isEmpty {
      text += "{" + pairs.map { "\($0)=\"\(Self.escaped($1))\"" }.joined(separator: ",") + "}"
    }
    text += " \(Self.number(value))\n"
  }

  private static func escaped(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == 0x5C || $0 == 0x22 || $0 == 0x0A }) else { return text }
    return text.unicodeScalars.map { scalar in
      switch scalar {
      case "\\": "\\\\"
      case "\"": "\\\""
      case "\n": "\\n"
      default: String(scalar)
      }
    }.joined()
  }

  /// Whole numbers without a point.
  private static func number(_ value: Double) -> String {
    Int(exactly: value).map(String.init) ?? "\(value)"
  }
}
