/// Writes small PDF files, as the specification's minimal example (PDF 1.7, annex H.2) is built.
public struct PDFFixture {
  public enum Font: String {
    case serif = "F1"
    case mono = "F2"
  }

  private var pages: [String] = [""]
  public var title: String?

  public init() {}

  public mutating func addPage() { pages.append("") }

  /// Sets a line of ASCII at `x`, `y` points from the lower left corner of the last page.
  public mutating func add(
    _ text: String, x: Double = 72, y: Double, size: Double = 11, font: Font = .serif
  ) {
    let escaped = text.map { "()\\".contains($0) ? "\\\($0)" : "\($0)" }.joined()
    pages[pages.count - 1] += "BT /\(font.rawValue) \(size) Tf \(x) \(y) Td (\(escaped)) Tj ET\n"
  }

  /// Sets lines downwards, 13 points apart.
  public mutating func add(
    lines: [String], x: Double = 72, y: Double, size: Double = 11, font: Font = .serif
  ) {
    for (index, line) in lines.enumerated() {
      add(line, x: x, y: y - 13 * Double(index), size: size, font: font)
    }
  }

  public var bytes: [UInt8] {
    var objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>")
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>")
    objects.append("<< /Title (\(title ?? "")) >>")
    var kids: [String] = []
    for page in pages {
      kids.append("\(objects.count + 1) 0 R")
      objects.append(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents \(objects.count + 2) 0 R "
          + "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>")
      objects.append("<< /Length \(page.utf8.count) >>\nstream\n\(page)endstream")
    }
    objects[1] = "<< /Type /Pages /Kids [\(kids.joined(separator: " "))] /Count \(pages.count) >>"

    var file = "%PDF-1.4\n"
    var offsets: [Int] = []
    for (index, object) in objects.enumerated() {
      offsets.append(file.utf8.count)
      file += "\(index + 1) 0 obj\n\(object)\nendobj\n"
    }
    let table = file.utf8.count
    file += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
    for offset in offsets {
      let digits = String(offset)
      file += String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n"
    }
    file += "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R /Info 5 0 R >>\nstartxref\n\(table)\n%%EOF\n"
    return Array(file.utf8)
  }
}
