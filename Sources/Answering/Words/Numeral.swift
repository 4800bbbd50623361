/// A number as a text writes it, in digits, with all that it may mean: languages disagree about points and commas.
struct Numeral: Sendable, Hashable {
  /// What it may mean, each the numbers that a text must hold for it: `2,5` is 2.5, `524.288` is 524288 or 524.288, and
  /// `5.6.2015` is 5, 6 and 2015.
  var readings: [[String]]

  func isHeld(by numbers: Set<String>) -> Bool {
    readings.contains { $0.allSatisfy(numbers.contains) }
  }

  /// The numbers of a text, in order.
  static func numerals(in text: String) -> [Numeral] {
    var numerals: [Numeral] = []
    let scalars = Array(text.unicodeScalars)
    var position = 0
    while position < scalars.count {
      guard isDigit(scalars[position]) else {
        position += 1
        continue
      }
      var groups = [""]
      var separators: [Unicode.Scalar] = []
      while position < scalars.count {
        if isDigit(scalars[position]) {
          groups[groups.count - 1].unicodeScalars.append(scalars[position])
        } else if position + 1 < scalars.count, isDigit(scalars[position + 1]),
          separates(scalars[position], groups, scalars[(position + 1)...])
        {
          separators.append(scalars[position])
          groups.append("")
        } else {
          break
        }
        position += 1
      }
      numerals.append(Numeral(groups, separators))
    }
    return numerals
  }

  private init(_ groups: [String], _ separators: [Unicode.Scalar]) {
    readings = []
    // All separate thousands, or the last one separates the fraction.
    if Self.areThousands(groups, separators) { readings.append([Self.plain(groups.joined(), fraction: "")]) }
    if let last = separators.last, last == "." || last == ",", !separators.dropLast().contains(last),
      Self.areThousands(groups.dropLast(), separators.dropLast())
    {
      readings.append([Self.plain(groups.dropLast().joined(), fraction: groups[groups.count - 1])])
    }
    if readings.isEmpty || separators.contains(where: { $0 != "." && $0 != "," }) {
      readings.append(groups.map { Self.plain($0, fraction: "") })
    }
  }

  private static func areThousands(
    _ groups: some BidirectionalCollection<String>, _ separators: some BidirectionalCollection<Unicode.Scalar>
  ) -> Bool {
    guard let first = separators.first else { return groups.count == 1 }
    return groups.first.map { (1...3).contains($0.count) && $0 != "0" } ?? false
      && separators.allSatisfy { $0 == first } && groups.dropFirst().allSatisfy { $0.count == 3 }
  }

  /// Whether what stands between two digits may belong to one number: a point, a comma, or what parts thousands.
  private static func separates(
    _ scalar: Unicode.Scalar, _ groups: [String], _ rest: ArraySlice<Unicode.Scalar>
  ) -> Bool {
    switch scalar {
    case ".", ",": true
    case " ", "\u{A0}", "\u{2009}", "\u{202F}", "'", "’":
      groups[groups.count - 1].count <= 3 && rest.prefix { isDigit($0) }.count == 3
    default: false
    }
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { "0"..."9" ~= scalar }

  /// A number without zeros that say nothing, from the digits before and behind its point.
  static func plain(_ whole: String, fraction: String) -> String {
    let start = String(whole.drop { $0 == "0" })
    let end = String(fraction.reversed().drop { $0 == "0" }.reversed())
    return (start.isEmpty ? "0" : start) + (end.isEmpty ? "" : "." + end)
  }
}
