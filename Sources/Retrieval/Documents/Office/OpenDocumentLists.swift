/// The numbers and bullets of an OpenDocument text's lists and headings, counted as its paragraphs pass (ODF 1.3, 19.861).
struct OpenDocumentLists {
  /// Where an item is.
  struct Place {
    /// From 0.
    var level: Int
    /// Nil where no list around it names one.
    var style: String?
    /// The list that it goes on with, or its own.
    fileprivate var counters: Int
  }

  private struct Level {
    var isNumbered = false
    /// Empty for one that shows no number.
    var format = ""
    var (prefix, suffix) = ("", "")
    var start = 1
    /// How many levels are shown, this one last.
    var shown = 1
  }

  private var styles: [String: [Int: Level]] = [:]
  /// The levels of headings.
  private var outline: [Int: Level] = [:]
  /// The list style of paragraphs in lists that name none.
  private var paragraphs: [String: String] = [:]
  /// The numbers that each list has come to by level; headings have the first.
  private var counters: [[Int: Int]] = [[:]]
  private var byID: [String: Int] = [:]
  private var byStyle: [String: Int] = [:]

  private static let formats = [
    "1": "decimal", "01": "decimalZero", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman",
    "I": "upperRoman",
  ]
  private static let deepest = 9

  /// Takes the styles of an `office:styles` or `office:automatic-styles` element.
  mutating func add(_ element: XMLElement) {
    for style in element.children {
      switch style.name {
      case "list-style": if let name = style.attribute("name") { styles[name] = Self.levels(style) }
      case "outline-style": outline = Self.levels(style)
      case "style":
        if let name = style.attribute("name"), let list = style.attribute("list-style-name") {
          paragraphs[name] = list
        }
      default: break
      }
    }
  }

  private static func levels(_ style: XMLElement) -> [Int: Level] {
    var levels: [Int: Level] = [:]
    for element in style.children {
      guard let number = number(element.attribute("level")), (1...deepest + 1).contains(number) else {
        continue
      }
      var level = Level()
      if element.name == "list-level-style-number" || element.name == "outline-level-style" {
        level.isNumbered = true
        level.format = element.attribute("num-format") ?? ""
        // They are repeated with every item.
        level.prefix = String((element.attribute("num-prefix") ?? "").prefix(20))
        level.suffix = String((element.attribute("num-suffix") ?? "").prefix(20))
        level.start = Self.number(element.attribute("start-value")) ?? 1
        level.shown = min(max(1, Self.number(element.attribute("display-levels")) ?? 1), number)
      }
      levels[number - 1] = level
    }
    return levels
  }

  private static func number(_ attribute: String?) -> Int? { attribute.flatMap { Int($0) } }

  /// The place of the items of a list that stands in no other.
  mutating func begin(_ list: XMLElement) -> Place {
    let style = list.attribute("style-name")
    var number = counters.count
    if let before = list.attribute("continue-list"), let known = byID[before] {
      number = known
    } else if list.attribute("continue-numbering") == "true", let known = byStyle[style ?? ""] {
      number = known
    }
    if number == counters.count { counters.append([:]) }
    if let id = list.attribute("id") { byID[id] = number }
    byStyle[style ?? ""] = number
    return Place(level: 0, style: style, counters: number)
  }

  /// The place of the items of a list in an item.
  func within(_ place: Place, _ list: XMLElement) -> Place {
    Place(
      level: min(place.level + 1, Self.deepest), style: list.attribute("style-name") ?? place.style,
      counters: place.counters)
  }

  /// Counts an item and gives its marker, such as `2.1.` or `-`; empty for a level that shows none.
  ///
  /// - Parameter names: the styles of its first paragraph.
  mutating func marker(_ item: XMLElement, at place: Place, paragraph names: [String]) -> String {
    let name = place.style ?? names.compactMap { paragraphs[$0] }.first ?? ""
    let levels = styles[name] ?? Self.guessed([name] + names)
    return count(place, levels, start: Self.number(item.attribute("start-value")))
  }

  /// Counts a heading and gives its number; empty where headings have none.
  ///
  /// - Parameter level: from 1.
  mutating func marker(heading: XMLElement, level: Int) -> String {
    let level = min(max(level - 1, 0), Self.deepest)
    guard outline[level]?.format.isEmpty == false, heading.attribute("is-list-header") != "true" else {
      return ""
    }
    let isRestarted = heading.attribute("restart-numbering") == "true"
    let start = isRestarted ? Self.number(heading.attribute("start-value")) : nil
    return count(Place(level: level, counters: 0), outline, start: start)
  }

  /// Whether a list counts its levels in one number, `1.`, `1.1`, as clauses of contracts are numbered, and not items.
  func numbersSections(_ place: Place) -> Bool {
    guard let levels = place.style.flatMap({ styles[$0] }) else { return false }
    let deepest = max(1, place.level)
    return (0...deepest).allSatisfy { levels[$0]?.format == "1" } && levels[deepest]?.shown == deepest + 1
  }

  /// The style of a list that names one which the document does not define.
  private static func guessed(_ names: [String]) -> [Int: Level] {
    guard names.contains(where: { $0.lowercased().contains("number") }) else { return [:] }
    var level = Level()
    (level.isNumbered, level.format, level.suffix) = (true, "1", ".")
    return Dictionary(uniqueKeysWithValues: (0...deepest).map { ($0, level) })
  }

  private mutating func count(_ place: Place, _ levels: [Int: Level], start: Int?) -> String {
    let level = levels[place.level] ?? Level()
    var counts = counters[place.counters]
    let next = counts[place.level].map { $0.addingReportingOverflow(1).partialValue }
    counts[place.level] = start ?? next ?? level.start
    for deeper in place.level + 1..<Self.deepest + 2 { counts[deeper] = nil }
    counters[place.counters] = counts
    guard level.isNumbered else { return "-" }
    guard !level.format.isEmpty else { return level.prefix + level.suffix }
    let numbers = (place.level - level.shown + 1...place.level).compactMap { index -> String? in
      let shown = levels[index] ?? level
      guard !shown.format.isEmpty else { return nil }
      return ListNumber.text(counts[index] ?? shown.start, format: Self.formats[shown.format] ?? "decimal")
    }
    return level.prefix + numbers.joined(separator: ".") + level.suffix
  }
}
