/// How a workbook shows the numbers of each style of its cells.
struct XLSXFormats {
  private var styles: [NumberFormat] = []
  private let is1904: Bool

  /// - Parameters:
  ///   - tree: `xl/styles.xml`.
  ///   - is1904: whether days are counted from 1904.
  init(_ tree: XMLTree?, is1904: Bool) {
    self.is1904 = is1904
    var own: [Int: NumberFormat] = [:]
    for format in tree?.root?.first("numFmts")?.all("numFmt") ?? [] {
      guard let id = format.attribute("numFmtId").flatMap({ Int($0) }) else { continue }
      own[id] = NumberFormat(format.attribute("formatCode") ?? "")
    }
    for style in tree?.root?.first("cellXfs")?.all("xf") ?? [] {
      let id = style.attribute("numFmtId").flatMap { Int($0) } ?? 0
      styles.append(own[id] ?? NumberFormat(builtIn: id))
    }
  }

  /// - Parameter stored: a number as the file has it; anything else is given back.
  func shown(_ stored: String, style: Int) -> String {
    let format = styles.indices.contains(style) ? styles[style] : NumberFormat(builtIn: 0)
    return format.shown(stored, is1904: is1904)
  }
}
