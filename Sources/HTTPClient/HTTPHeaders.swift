/// Header fields in their order; names compare without regard to case (RFC 9110, section 5.1).
public struct HTTPHeaders: Sendable, Equatable, ExpressibleByDictionaryLiteral {
  public private(set) var fields: [(name: String, value: String)]

  public init() {
    fields = []
  }

  public init(dictionaryLiteral elements: (String, String)...) {
    fields = elements.map { (name: $0.0, value: $0.1) }
  }

  /// The first value under `name`; setting replaces all of them, and nil removes them.
  public subscript(name: String) -> String? {
    get { fields.first { $0.name.isSameHeaderName(as: name) }?.value }
    set {
      fields.removeAll { $0.name.isSameHeaderName(as: name) }
      if let newValue { fields.append((name, newValue)) }
    }
  }

  /// Every value under `name`, for headers that may repeat.
  public func values(_ name: String) -> [String] {
    fields.filter { $0.name.isSameHeaderName(as: name) }.map(\.value)
  }

  /// Adds a field and keeps those of the same name.
  public mutating func append(_ name: String, _ value: String) {
    fields.append((name, value))
  }

  /// Continues the value of the last field, for the folded lines of old servers.
  mutating func extendLast(by text: String) {
    guard let last = fields.indices.last else { return }
    fields[last].value += " " + text
  }

  public static func == (a: HTTPHeaders, b: HTTPHeaders) -> Bool {
    a.fields.count == b.fields.count
      && zip(a.fields, b.fields).allSatisfy { $0.name.isSameHeaderName(as: $1.name) && $0.value == $1.value }
  }
}

extension String {
  fileprivate func isSameHeaderName(as other: String) -> Bool {
    utf8.count == other.utf8.count
      && zip(utf8, other.utf8).allSatisfy { a, b in
        a == b || (a | 0x20 == b | 0x20 && (0x61...0x7A).contains(a | 0x20))
      }
  }
}
