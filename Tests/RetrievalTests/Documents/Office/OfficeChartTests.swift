import Testing

@testable import Retrieval

@Suite struct OfficeChartTests {
  /// The outline of a chart of one plot.
  private func outline(
    _ plot: String, _ series: [String], axes: String = "", ids: [Int] = [], days: String = ""
  )
    throws -> [String]
  {
    let ids = ids.map { "<c:axId val=\"\($0)\"/>" }.joined()
    let text = """
      <c:chartSpace xmlns:c="urn:c" xmlns:a="urn:a">\(days)<c:chart><c:plotArea><c:\(plot)>\
      \(series.map { "<c:ser>\($0)</c:ser>" }.joined())\(ids)</c:\(plot)>\(axes)</c:plotArea></c:chart></c:chartSpace>
      """
    var builder = DocumentBuilder()
    try OfficeChart(XMLTree(Array(text.utf8), part: "chart")).append(to: &builder)
    return builder.build().outline
  }

  private func points(_ values: [String?]) -> String {
    values.enumerated().map { index, value in
      value.map { "<c:pt idx=\"\(index)\"><c:v>\($0)</c:v></c:pt>" } ?? ""
    }.joined()
  }

  private func words(_ element: String, _ values: [String?]) -> String {
    "<c:\(element)><c:strRef><c:f>S!A1</c:f><c:strCache>\(points(values))</c:strCache></c:strRef></c:\(element)>"
  }

  private func numbers(_ element: String, _ format: String, _ values: [String?]) -> String {
    """
    <c:\(element)><c:numRef><c:f>S!A1</c:f><c:numCache><c:formatCode>\(format)</c:formatCode>\
    <c:ptCount val="9"/>\(points(values))</c:numCache></c:numRef></c:\(element)>
    """
  }

  private func axis(
    _ kind: String, _ id: Int, _ place: String, title: String? = nil, format: String = "General"
  )
    -> String
  {
    let title = title.map { "<c:title><c:tx><a:t>\($0)</a:t></c:tx></c:title>" } ?? ""
    return """
      <c:\(kind)><c:axId val="\(id)"/><c:axPos val="\(place)"/>\(title)<c:numFmt formatCode="\(format)"/></c:\(kind)>
      """
  }

  @Test func `points of scatter charts stand at their places`() throws {
    let first =
      words("tx", ["Leek"]) + numbers("xVal", "General", ["0.5", "1.5", "1.5"])
      + numbers("yVal", "General", ["3", "4", "5"])
    let second =
      words("tx", ["Kale"]) + numbers("xVal", "General", ["1.5", "2"])
      + numbers("yVal", "0%", ["0.25", "0.5"])
    let axes = axis("valAx", 1, "b", title: "Depth in cm") + axis("valAx", 2, "l", title: "Kilos")
    #expect(
      try outline("scatterChart", [first, second], axes: axes) == [
        "t Depth in cm | Leek, Kilos | Kale, Kilos\n0.5 | 3\n1.5 | 4 | 25%\n1.5 | 5\n2 |  | 50%"
      ])
    #expect(
      try outline("scatterChart", [words("xVal", ["near", nil]) + numbers("yVal", "General", ["1", "2"])])
        == [
          "t | 1\nnear | 1\n2 | 2"
        ])
  }

  @Test func `categories that are days are dates`() throws {
    let values = numbers("val", "#,##0.00\\ &quot;€&quot;", ["12.5", "9"])
    let dated = numbers("cat", "d/m/yyyy", ["45357", "45358"]) + values
    #expect(try outline("lineChart", [dated]) == ["t | 1\n2024-03-06 | 12.50 €\n2024-03-07 | 9 €"])
    let plain = numbers("cat", "General", ["0", "1"]) + values
    let axes = axis("dateAx", 1, "b", format: "mmm\\ yy") + axis("valAx", 2, "l")
    #expect(
      try outline("lineChart", [plain], axes: axes, days: "<c:date1904 val=\"1\"/>") == [
        "t | 1\n1904-01-01 | 12.50 €\n1904-01-02 | 9 €"
      ])
    let years = numbers("cat", "General", ["2024", "2025"]) + values
    let numbered = axis("catAx", 1, "b", title: "Year") + axis("valAx", 2, "l")
    #expect(
      try outline("barChart", [years], axes: numbered) == ["t Year | 1\n2024 | 12.50 €\n2025 | 9 €"])
  }

  @Test func `categories keep their order, their outer levels, and the axes of their plot`() throws {
    let levels = """
      <c:cat><c:multiLvlStrRef><c:multiLvlStrCache><c:lvl>\(points(["Spring", "Autumn", "Spring"]))</c:lvl>\
      <c:lvl>\(points(["2024", nil, "2025"]))</c:lvl></c:multiLvlStrCache></c:multiLvlStrRef></c:cat>
      """
    let first = words("tx", ["Leek"]) + levels + numbers("val", "General", ["1", nil, "3"])
    let second = words("tx", ["Kale"]) + numbers("val", "General", [nil, "2"])
    let axes = axis("valAx", 9, "r", title: "Of another plot") + axis("catAx", 7, "b") + axis("valAx", 8, "l")
    #expect(
      try outline("barChart", [first, second], axes: axes, ids: [7, 8]) == [
        "t | Leek | Kale\n2024 Spring | 1\n2024 Autumn |  | 2\n2025 Spring | 3"
      ])
  }
}
