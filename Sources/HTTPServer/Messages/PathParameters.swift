/// Values that a path gives to the parameters of a route's template.
public struct PathParameters: Sendable, Equatable {
  private var entries: [Entry] = []

  private struct Entry: Equatable {
    let name: String
    let value: String
  }

  public init() {}

  init(names: [String], values: [String]) {
    entries = zip(names, values).map { Entry(name: $0, value: $1) }
  }

  public subscript(name: String) -> String? {
    entries.first { $0.name == name }?.value
  }
}
