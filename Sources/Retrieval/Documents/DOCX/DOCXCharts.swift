/// The charts that a Word document draws, each read where it is shown first.
struct DOCXCharts {
  private let office: OfficeParts
  private let relationships: [String: OfficeParts.Relationship]
  private var shown: Set<String> = []
  /// How many could not be read.
  private(set) var damaged = 0

  /// - Parameter main: path of the document's own part.
  init(_ office: OfficeParts, main: String) throws {
    self.office = office
    relationships = try office.relationships(of: main)
  }

  /// The chart that an identifier names; nil where it was shown before.
  mutating func chart(_ id: String) -> OfficeChart? {
    guard let part = relationships[id], part.type == "chart", shown.insert(part.target).inserted else {
      return nil
    }
    do {
      return try office.tree(part.target).map(OfficeChart.init)
    } catch {
      damaged += 1
      return nil
    }
  }
}
