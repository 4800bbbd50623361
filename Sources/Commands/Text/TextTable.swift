/// Rows in aligned columns, two spaces apart, for a terminal or a pipe.
public struct TextTable: Sendable {
  /// How one column is laid out.
  public struct Column: Sendable {
    public enum Alignment: Sendable { case leading, trailing }
    /// What gives way when the table is wider than the terminal; paths are best cut in the middle.
    public enum Truncation: Sendable { case never, tail, middle }

    public let title: String
    public let alignment: Alignment
    public let truncation: Truncation

    public init(_ title: String, _ alignment: Alignment = .leading, truncation: Truncation = .never) {
      self.title = title
      self.alignment = alignment
      self.truncation = truncation
    }
  }

  /// Columns a truncated cell keeps at least.
  private static let narrowest = 8

  public let columns: [Column]
  private var rows: [[String]] = []

  public init(_ columns: [Column]) {
    self.columns = columns
  }

  public var isEmpty: Bool { rows.isEmpty }

  /// Missing cells are empty and surplus ones dropped; cells are made safe for a terminal.
  public mutating func add(_ cells: [String]) {
    rows.append(columns.indices.map { $0 < cells.count ? TerminalText.clean(cells[$0]) : "" })
  }

  /// The titles and rows, each line ending with a newline; nil for `width` cuts nothing.
  public func text(width: Int?) -> String {
    let titles = columns.map(\.title)
    let widths = widths([titles] + rows, limit: width)
    return ([titles] + rows).map { cells in
      let laid = columns.indices.map { lay(cells[$0], columns[$0], widths[$0]) }
      return laid.joined(separator: "  ").trimmingTrailingSpaces() + "\n"
    }.joined()
  }

  private func lay(_ cell: String, _ column: Column, _ width: Int) -> String {
    let cut = column.truncation == .middle ? cell.truncatedInMiddle(to: width) : cell.truncated(to: width)
    return column.alignment == .leading ? cut.padded(to: width) : cut.paddedBefore(to: width)
  }

  private func widths(_ lines: [[String]], limit: Int?) -> [Int] {
    let natural = columns.indices.map { column in lines.map { $0[column].displayWidth }.max() ?? 0 }
    guard let limit else { return natural }
    let available = limit - 2 * (columns.count - 1)
    // The widest flexible columns give way first: find the highest cap at which all of them fit.
    func capped(_ cap: Int) -> [Int] {
      columns.indices.map { index in
        guard columns[index].truncation != .never else { return natural[index] }
        return min(natural[index], max(cap, Self.narrowest))
      }
    }
    var low = Self.narrowest
    var high = max(natural.max() ?? 0, low)
    while low < high {
      let middle = (low + high + 1) / 2
      if capped(middle).reduce(0, +) <= available { low = middle } else { high = middle - 1 }
    }
    return capped(low)
  }
}
