/// Header fields in the order they came or are sent; names compare without regard to case, and a name may
/// occur several times.
public struct HTTPHeaders: Sendable, Equatable, ExpressibleByDictionaryLiteral {
  public struct Field: Sendable, Equatable {
    public let name: String
    public let value: String
  }

  public private(set) var fields: [Field] = []

  public init() {}

  public init(dictionaryLiteral elements: (String, String)...) {
    for (name, value) in elements { append(name, value) }
  }

  /// The first value of `name`. Setting it replaces every value of that name; nil removes them.
  public subscript(name: String) -> String? {
    get { fields.first { ASCII.equalIgnoringCase($0.name, name) }?.value }
    set {
      fields.removeAll { ASCII.equalIgnoringCase($0.name, name) }
      if let newValue { append(name, newValue) }
    }
  }

  /// Every value of `name`, in order.
  public func values(of name: String) -> [String] {
    fields.compactMap { ASCII.equalIgnoringCase($0.name, name) ? $0.value : nil }
  }

  /// The elements of a field that is a comma-separated list, all its occurrences joined.
  public func list(of name: String) -> [String] {
    values(of: name).flatMap { value in
      value.split(separator: ",").map { String(ASCII.trimmed($0)) }.filter { !$0.isEmpty }
    }
  }

  public func contains(_ name: String) -> Bool {
    fields.contains { ASCII.equalIgnoringCase($0.name, name) }
  }

  /// Adds a field, keeping others of the same name. Control characters in the value become spaces, so that
  /// no value can start a header of its own; a name that is not a token is an error of the program.
  public mutating func append(_ name: String, _ value: String) {
    precondition(ASCII.isToken(name), "'\(name)' cannot be a header's name")
    guard value.utf8.contains(where: ASCII.isControl) else {
      fields.append(Field(name: name, value: value))
      return
    }
    let safe = value.utf8.map { ASCII.isControl($0) ? 0x20 : $0 }
    fields.append(Field(name: name, value: String(decoding: safe, as: UTF8.self)))
  }

  /// Adds a received field; its name has been checked.
  mutating func appendReceived(_ name: String, _ value: String) {
    fields.append(Field(name: name, value: value))
  }

  /// Sets `name` unless it is there already.
  public mutating func setDefault(_ name: String, _ value: String) {
    if !contains(name) { append(name, value) }
  }
}
