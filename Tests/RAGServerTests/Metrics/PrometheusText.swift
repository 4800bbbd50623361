/// A strict reader of Prometheus's text format, version 0.0.4: whatever the format forbids is an error.
struct PrometheusText {
  struct Failure: Error, CustomStringConvertible {
    var description: String
    init(_ description: String) { self.description = description }
  }

  struct Sample: Equatable {
    var name: String
    var labels: [String: String]
    var value: Double
  }

  struct Family {
    var name: String
    var kind: String
    var samples: [Sample] = []
  }

  private(set) var families: [String: Family] = [:]

  init(parsing text: String) throws {
    guard text.hasSuffix("\n") else { throw Failure("the last line does not end") }
    var current: Family?
    var helped: String?
    for line in text.dropLast().split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("# HELP ") {
        try close(&current)
        let name = String(line.dropFirst(7).prefix { $0 != " " })
        guard Self.isName(name), families[name] == nil else { throw Failure("HELP twice: \(name)") }
        helped = name
      } else if line.hasPrefix("# TYPE ") {
        let words = line.dropFirst(7).split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 2, String(words[0]) == helped,
          ["counter", "gauge", "histogram"].contains(String(words[1]))
        else { throw Failure("bad TYPE: \(line)") }
        current = Family(name: String(words[0]), kind: String(words[1]))
      } else {
        guard var family = current else { throw Failure("a sample before its TYPE: \(line)") }
        let sample = try Self.sample(line)
        guard Self.names(family).contains(sample.name) else {
          throw Failure("\(sample.name) within \(family.name)")
        }
        guard !family.samples.contains(where: { $0.name == sample.name && $0.labels == sample.labels }) else {
          throw Failure("twice: \(line)")
        }
        family.samples.append(sample)
        current = family
      }
    }
    try close(&current)
  }

  /// The value of the one sample of this name that has these labels and perhaps others.
  func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
    let found = families.values.flatMap(\.samples).filter { sample in
      sample.name == name && labels.allSatisfy { sample.labels[$0.key] == $0.value }
    }
    return found.count == 1 ? found[0].value : nil
  }

  private mutating func close(_ family: inout Family?) throws {
    guard let ended = family else { return }
    guard !ended.samples.isEmpty else { throw Failure("\(ended.name) has no samples") }
    if ended.kind == "histogram" { try Self.checkHistogram(ended) }
    if ended.kind == "counter" {
      guard ended.samples.allSatisfy({ $0.value >= 0 }), ended.name.hasSuffix("_total") else {
        throw Failure("\(ended.name) is no counter")
      }
    }
    families[ended.name] = ended
    family = nil
  }

  private static func names(_ family: Family) -> [String] {
    family.kind == "histogram" ? ["_bucket", "_sum", "_count"].map { family.name + $0 } : [family.name]
  }

  /// Buckets grow with their bounds, and the last one, without bound, is the count.
  private static func checkHistogram(_ family: Family) throws {
    var groups: [[String: String]: [Sample]] = [:]
    for sample in family.samples {
      var labels = sample.labels
      labels["le"] = nil
      groups[labels, default: []].append(sample)
    }
    for (labels, samples) in groups {
      let buckets = samples.filter { $0.name.hasSuffix("_bucket") }
      let bounds = buckets.map { $0.labels["le"].flatMap { $0 == "+Inf" ? .infinity : Double($0) } ?? .nan }
      let values = buckets.map(\.value)
      guard bounds == bounds.sorted(), Set(bounds).count == bounds.count, bounds.last == .infinity,
        values == values.sorted(),
        samples.filter({ $0.name.hasSuffix("_count") }).map(\.value) == [values.last],
        samples.filter({ $0.name.hasSuffix("_sum") }).count == 1
      else { throw Failure("histogram \(family.name) \(labels)") }
    }
  }

  private static func sample(_ line: Substring) throws -> Sample {
    var rest = line[...]
    let name = String(rest.prefix { $0 != "{" && $0 != " " })
    rest = rest.dropFirst(name.count)
    guard isName(name) else { throw Failure("bad name: \(line)") }
    var labels: [String: String] = [:]
    if rest.first == "{" {
      rest = rest.dropFirst()
      while true {
        let label = String(rest.prefix { $0 != "=" })
        rest = rest.dropFirst(label.count)
        guard isName(label), !label.contains(":"), labels[label] == nil, rest.hasPrefix("=\"") else {
          throw Failure("bad label: \(line)")
        }
        rest = rest.dropFirst(2)
        labels[label] = try quoted(&rest)
        if rest.first == "}" { break }
        guard rest.first == "," else { throw Failure("bad labels: \(line)") }
        rest = rest.dropFirst()
      }
      rest = rest.dropFirst()
    }
    guard rest.first == " ", let value = Double(rest.dropFirst()), value.isFinite else {
      throw Failure("bad value: \(line)")
    }
    return Sample(name: name, labels: labels, value: value)
  }

  private static func quoted(_ rest: inout Substring) throws -> String {
    var text = ""
    while let character = rest.popFirst() {
      if character == "\"" { return text }
      guard character == "\\" else {
        text.append(character)
        continue
      }
      switch rest.popFirst() {
      case "\\": text.append("\\")
      case "\"": text.append("\"")
      case "n": text.append("\n")
      default: throw Failure("bad escape")
      }
    }
    throw Failure("a value without end")
  }

  private static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.first?.isNumber == false
      && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == ":") }
  }
}
