/// The columns of a table in the CALS model by their names, which its cells use to say what they stand over.
struct XMLTableColumns {
  private var places: [String: Int] = [:]

  init() {}

  /// - Parameter table: the element whose children are `colspec` and `spanspec`.
  init(_ table: XMLElement) {
    for (place, column) in table.all("colspec").enumerated() {
      if let name = column.attribute("colname") { places[name] = place }
    }
  }

  /// How many columns and rows a cell stands over, as HTML's attributes with a space before each.
  func spans(of cell: XMLElement) -> String {
    var columns = Self.count(cell.attribute("colspan"))
    if let first = cell.attribute("namest").flatMap({ places[$0] }),
      let last = cell.attribute("nameend").flatMap({ places[$0] }), last > first
    {
      columns = last - first + 1
    }
    let rows = Self.count(cell.attribute("rowspan")) ?? Self.count(cell.attribute("morerows")).map { $0 + 1 }
    return (columns.map { " colspan=\"\($0)\"" } ?? "") + (rows.map { " rowspan=\"\($0)\"" } ?? "")
  }

  private static func count(_ attribute: String?) -> Int? {
    attribute.flatMap { Int($0) }.flatMap { (1...1000).contains($0) ? $0 : nil }
  }
}
