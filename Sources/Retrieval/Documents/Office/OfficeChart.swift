/// The numbers of a chart in an Office document (DrawingML, ECMA-376 part 1, chapter 21.2), as they were stored with it: a
/// row for each category or place along the horizontal axis, a column for each series.
struct OfficeChart {
  /// Most rows and series; charts with more are pictures of measurements.
  private static let (mostRows, mostColumns) = (500, 50)
  /// Points beyond are no more than a sheet has rows.
  private static let mostPoints = 1 << 20
  /// Most levels of categories, and the longest words that are told with each row or column.
  private static let (mostLevels, longest) = (4, 100)

  private let title: String?
  private let is1904: Bool
  private var head: [TableText.Cell] = []
  private var rows: [Row] = []
  private var places: [Place: Int] = [:]
  /// The names of categories, which series share: the first may not name all of them.
  private var categories: [Int: String] = [:]

  private struct Row {
    /// Where it comes among the others.
    var order: Int
    var label: String?
    /// A cell for each series that has a point here.
    var values: [TableText.Cell] = []
  }

  /// What tells rows from each other: the number of a category, or a place along the axis and how many points of the
  /// series have it before.
  private enum Place: Hashable {
    case category(Int)
    case point(String, Int)
  }

  /// - Parameter tree: such as `ppt/charts/chart1.xml`.
  init(_ tree: XMLTree) {
    let chart = tree.root?.first("chart")
    title = chart?.first("title").map(Self.words)
    is1904 = ["1", "true"].contains(tree.root?.first("date1904")?.attribute("val") ?? "")
    guard let area = chart?.first("plotArea") else { return }
    let plots = area.children.filter { $0.name.hasSuffix("Chart") }
    let series = plots.flatMap { plot -> [(XMLElement, Axes)] in
      let axes = Axes(of: plot, in: area)
      return plot.all("ser").map { ($0, axes) }
    }
    for (series, axes) in series.prefix(Self.mostColumns) { append(series, axes) }
    rows.sort { $0.order < $1.order }
    head.insert(TableText.Cell(column: 0, text: series.lazy.compactMap(\.1.label).first ?? ""), at: 0)
  }

  func append(to builder: inout DocumentBuilder) {
    if let title { builder.append(.paragraph, title) }
    guard !rows.isEmpty else { return }
    var table = TableText()
    table.append(head)
    for row in rows.prefix(Self.mostRows) {
      table.append(
        [TableText.Cell(column: 0, text: row.label ?? categories[row.order] ?? "\(row.order + 1)")]
          + row.values)
    }
    table.flush(into: &builder)
  }

  private mutating func append(_ series: XMLElement, _ axes: Axes) {
    let column = head.count + 1
    let name = series.first("tx").flatMap { points($0).first?.1 ?? $0.first("v")?.text }
    let names = [name, axes.value].compactMap(\.self).filter { !$0.isEmpty }
    head.append(
      TableText.Cell(column: column, text: names.isEmpty ? "\(column)" : names.joined(separator: ", ")))
    let isScattered = series.first("xVal") != nil
    let along = (series.first("cat") ?? series.first("xVal")).map { points($0, dates: axes.dates) } ?? []
    let labels = Dictionary(along, uniquingKeysWith: { first, _ in first })
    if !isScattered { categories.merge(labels) { first, _ in first } }
    var seen: [String: Int] = [:]
    for (index, value) in (series.first("val") ?? series.first("yVal")).map({ points($0) }) ?? [] {
      let label = labels[index]
      var place = Place.category(index)
      if isScattered, let label {
        place = .point(label, seen[label, default: 0])
        seen[label, default: 0] += 1
      }
      let row = places[place] ?? rows.count
      if row == rows.count {
        places[place] = row
        rows.append(Row(order: isScattered ? row : index, label: isScattered ? label : nil))
      }
      rows[row].values.append(TableText.Cell(column: column, text: value))
    }
  }

  /// The axes of a plot.
  private struct Axes {
    /// Titles of the one along which the rows are, and of the one beside it.
    let label: String?
    let value: String?
    /// How numbers along it are shown, where they are days.
    let dates: NumberFormat?

    init(of plot: XMLElement, in area: XMLElement) {
      let ids = Set(plot.all("axId").compactMap { $0.attribute("val") })
      let axes = area.children.filter { axis in
        let id = axis.first("axId")?.attribute("val") ?? ""
        return axis.name.hasSuffix("Ax") && (ids.isEmpty || ids.contains(id))
      }
      func isAcross(_ axis: XMLElement) -> Bool {
        ["b", "t"].contains(axis.first("axPos")?.attribute("val") ?? "")
      }
      let along = axes.first { $0.name == "catAx" || $0.name == "dateAx" } ?? axes.first(where: isAcross)
      let beside = axes.first { $0.name == "valAx" && $0.node != along?.node }
      label = along?.first("title").map(OfficeChart.words)
      value = (beside?.first("title")).map { String(OfficeChart.words($0).prefix(longest)) }
      let format = (along?.first("numFmt")?.attribute("formatCode")).map { NumberFormat($0) }
      dates = format?.isTime == true ? format : nil
    }
  }

  /// The words of a title.
  private static func words(_ element: XMLElement) -> String {
    Whitespace.collapsed(element.descendants("t").map(\.text).joined())
  }

  /// The values that a reference to cells was stored with, in the order of their indexes.
  ///
  /// - Parameter dates: how an axis shows numbers that are not formatted as days themselves.
  private func points(_ element: XMLElement, dates: NumberFormat? = nil) -> [(Int, String)] {
    let levels = element.descendants("lvl").prefix(Self.mostLevels)
    guard levels.count < 2 else { return Self.joined(levels.map(Self.stored)) }
    let isText = ["strRef", "strLit", "multiLvlStrRef"].contains { element.first($0) != nil }
    let code = element.descendants("formatCode").first?.text
    var format = code.map { NumberFormat($0) } ?? NumberFormat(builtIn: 0)
    if let dates, !format.isTime { format = dates }
    return Self.stored(element).map { index, text in
      (index, isText ? text : format.shown(text, is1904: is1904))
    }
  }

  private static func stored(_ element: XMLElement) -> [(Int, String)] {
    var points: [Int: String] = [:]
    for point in element.descendants("pt") {
      guard let index = point.attribute("idx").flatMap({ Int($0) }), (0..<mostPoints).contains(index),
        let value = point.first("v")
      else { continue }
      if points[index] == nil { points[index] = Whitespace.collapsed(value.text) }
    }
    return points.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// Categories of several levels, the innermost first: each follows the one of the outer level that began last.
  private static func joined(_ levels: [[(Int, String)]]) -> [(Int, String)] {
    var joined = levels[0]
    for outer in levels.dropFirst() {
      var next = 0
      for place in joined.indices {
        while next < outer.count, outer[next].0 <= joined[place].0 { next += 1 }
        if next > 0 { joined[place].1 = "\(outer[next - 1].1.prefix(longest)) \(joined[place].1)" }
      }
    }
    return joined
  }
}
