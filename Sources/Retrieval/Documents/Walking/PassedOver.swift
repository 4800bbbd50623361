/// Files of folders that a walk met and did not take for documents.
public struct PassedOver: Sendable, Equatable {
  /// How many are in formats that are not read, by their extension in lower case.
  public var formats: [String: Int]
  /// How many a website's generator made beside its pages, or a tool packed so that nobody can read them.
  public var generated: Int

  public init(formats: [String: Int] = [:], generated: Int = 0) {
    self.formats = formats
    self.generated = generated
  }

  mutating func add(_ other: PassedOver) {
    formats.merge(other.formats, uniquingKeysWith: +)
    generated += other.generated
  }
}
