/// Files that were met and not taken for documents.
public struct PassedOver: Sendable, Equatable {
  /// How many are in formats that are not read, by their extension in lower case.
  public var formats: [String: Int]
  /// How many a website's generator made beside its pages, or a tool packed so that nobody can read them.
  public var generated: Int
  /// How many are pages that only lead to another.
  public var redirects: Int

  public init(formats: [String: Int] = [:], generated: Int = 0, redirects: Int = 0) {
    self.formats = formats
    self.generated = generated
    self.redirects = redirects
  }

  mutating func add(_ other: PassedOver) {
    formats.merge(other.formats, uniquingKeysWith: +)
    generated += other.generated
    redirects += other.redirects
  }
}
