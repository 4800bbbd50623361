/// The numbers and bullets of a Word document's lists, counted as its paragraphs pass.
struct DOCXNumbering {
  /// The list and the level, from 0, that a paragraph or a style names.
  struct Reference: Equatable {
    /// Nil where a style names the level alone; "0" takes a paragraph out of its style's list.
    var list: String?
    var level: Int?

    /// - Parameter properties: a `w:pPr` element.
    init?(_ properties: XMLElement) {
      guard let element = properties.first("numPr") else { return nil }
      list = element.first("numId")?.attribute("val")
      level = element.first("ilvl")?.attribute("val").flatMap { Int($0) }
    }
  }

  private struct Level {
    var start = 1
    var format = "decimal"
    /// `%1.%2)`: each number stands for a level's counter.
    var text = ""
  }

  private struct List {
    var abstract: String
    var starts: [Int: Int] = [:]
    var isStarted = false
  }

  private var levels: [String: [Int: Level]] = [:]
  private var lists: [String: List] = [:]
  /// Counters by abstract list, since lists that share one go on counting.
  private var counters: [String: [Int: Int]] = [:]

  init(_ tree: XMLTree?) {
    guard let root = tree?.root else { return }
    for element in root.all("abstractNum") {
      guard let id = element.attribute("abstractNumId") else { continue }
      levels[id] = Self.levels(element)
    }
    for element in root.all("num") {
      guard let id = element.attribute("numId"),
        let abstract = element.first("abstractNumId")?.attribute("val")
      else { continue }
      var list = List(abstract: abstract)
      for override in element.all("lvlOverride") {
        guard let level = override.attribute("ilvl").flatMap({ Int($0) }) else { continue }
        if let start = override.first("startOverride")?.attribute("val").flatMap({ Int($0) }) {
          list.starts[level] = start
        }
      }
      lists[id] = list
    }
  }

  private static func levels(_ element: XMLElement) -> [Int: Level] {
    var levels: [Int: Level] = [:]
    for item in element.all("lvl") {
      guard let index = item.attribute("ilvl").flatMap({ Int($0) }), (0..<9).contains(index) else { continue }
      var level = Level()
      if let start = item.first("start")?.attribute("val").flatMap({ Int($0) }) { level.start = start }
      if let format = item.first("numFmt")?.attribute("val") { level.format = format }
      // It is repeated with every item.
      level.text = String((item.first("lvlText")?.attribute("val") ?? "").prefix(100))
      levels[index] = level
    }
    return levels
  }

  /// Counts one paragraph of the list and gives its marker, such as `2.1.` or `-`; an empty one for a level that
  /// shows none, as for an item's further paragraphs, and nil where the reference names no list.
  mutating func marker(_ reference: Reference) -> String? {
    guard let id = reference.list, id != "0", var list = lists[id] else { return nil }
    let index = min(max(0, reference.level ?? 0), 8)
    let abstract = levels[list.abstract] ?? [:]
    var counts = counters[list.abstract] ?? [:]
    if !list.isStarted {
      for level in list.starts.keys { counts[level] = nil }
      list.isStarted = true
      lists[id] = list
    }
    func start(_ level: Int) -> Int { list.starts[level] ?? abstract[level]?.start ?? 1 }
    let next = counts[index].map { $0.addingReportingOverflow(1).partialValue } ?? start(index)
    counts[index] = next
    for deeper in (index + 1)..<10 { counts[deeper] = nil }
    for outer in 0..<index where counts[outer] == nil { counts[outer] = start(outer) }
    counters[list.abstract] = counts

    guard let level = abstract[index] else { return "-" }
    switch level.format {
    case "bullet": return level.text.allSatisfy(\.isWhitespace) ? "" : "-"
    case "none": return ""
    default:
      return Self.expanded(level.text) { outer in
        ListNumber.text(counts[outer] ?? 1, format: abstract[outer]?.format ?? "decimal")
      }
    }
  }

  /// Whether a list counts its levels in one number, `1.`, `1.1`, `1.1.1`, as clauses of contracts and sections are
  /// numbered, and not items.
  func numbersSections(_ reference: Reference) -> Bool {
    guard let list = reference.list.flatMap({ lists[$0] }), let levels = levels[list.abstract] else {
      return false
    }
    // Whether a level is numbered goes by the one below it at the top, where `1.` may be either.
    let deepest = min(max(1, reference.level ?? 0), 8)
    return (0...deepest).allSatisfy { levels[$0]?.format == "decimal" }
      && levels[deepest]?.text.count { $0 == "%" } == deepest + 1
  }

  /// `%1` to `%9` in `text` replaced by the counter of level 0 to 8.
  private static func expanded(_ text: String, counter: (Int) -> String) -> String {
    var result = ""
    var isReference = false
    for character in text {
      if isReference, let digit = character.wholeNumberValue, digit > 0 {
        result += counter(digit - 1)
        isReference = false
      } else if character == "%" {
        isReference = true
      } else {
        result.append(character)
      }
    }
    return result
  }
}
