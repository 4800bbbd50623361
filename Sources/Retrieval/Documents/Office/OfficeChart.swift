/// The numbers of a chart in an Office document (DrawingML, ECMA-376 part 1, chapter 21.2), as they were stored with it: a
/// row for each category, a column for each series.
struct OfficeChart {
  /// Most categories and series; charts with more are pictures of measurements.
  private static let (mostRows, mostColumns) = (500, 50)
  /// Points beyond are no more than a sheet has rows.
  private static let mostPoints = 1 << 20

  private let title: String?
  private var rows: [[TableText.Cell]] = []

  /// - Parameter tree: such as `ppt/charts/chart1.xml`.
  init(_ tree: XMLTree) {
    let chart = tree.root?.first("chart")
    title = chart?.first("title").map(Self.words)
    guard let area = chart?.first("plotArea") else { return }
    let plots = area.children.filter { $0.name.hasSuffix("Chart") }
    var head: [TableText.Cell] = []
    var labels: [Int: String] = [:]
    var values: [Int: [Int: String]] = [:]
    for series in plots.flatMap({ $0.all("ser") }).prefix(Self.mostColumns) {
      let column = head.count + 1
      let name = series.first("tx").map(Self.points)?[0] ?? "\(column)"
      head.append(TableText.Cell(column: column, text: name))
      let categories = (series.first("cat") ?? series.first("xVal")).map(Self.points) ?? [:]
      labels.merge(categories) { first, _ in first }
      for (row, value) in (series.first("val") ?? series.first("yVal")).map(Self.points) ?? [:] {
        values[row, default: [:]][column] = Double(value).map(XLSXFormats.decimal) ?? value
      }
    }
    guard !values.isEmpty else { return }
    let axis = (area.first("catAx") ?? area.first("dateAx"))?.first("title").map(Self.words)
    rows = [[TableText.Cell(column: 0, text: axis ?? "")] + head]
    for row in values.keys.sorted().prefix(Self.mostRows) {
      let cells = (values[row] ?? [:]).sorted { $0.key < $1.key }
      rows.append(
        [TableText.Cell(column: 0, text: labels[row] ?? "\(row + 1)")]
          + cells.map { TableText.Cell(column: $0.key, text: $0.value) })
    }
  }

  func append(to builder: inout DocumentBuilder) {
    if let title { builder.append(.paragraph, title) }
    var table = TableText()
    for row in rows { table.append(row) }
    table.flush(into: &builder)
  }

  /// The words of a title.
  private static func words(_ element: XMLElement) -> String {
    Whitespace.collapsed(element.descendants("t").map(\.text).joined())
  }

  /// The values that a reference to cells was stored with, by their index.
  private static func points(_ element: XMLElement) -> [Int: String] {
    var points: [Int: String] = [:]
    for point in element.descendants("pt") {
      guard let index = point.attribute("idx").flatMap({ Int($0) }), (0..<mostPoints).contains(index),
        let value = point.first("v")
      else { continue }
      // Categories of several levels have the innermost first.
      if points[index] == nil { points[index] = Whitespace.collapsed(value.text) }
    }
    return points
  }
}
