/// Names and values of a query or of a form, decoded, in order; a name may occur several times.
public struct FormItems: Sendable, Equatable {
  public struct Item: Sendable, Equatable {
    public let name: String
    public let value: String
  }

  public let items: [Item]

  /// Reads `a=1&b=x+y`. A name without `=` has an empty value; empty pieces are skipped.
  public init(parsing bytes: some Collection<UInt8>) {
    items = bytes.split(separator: 0x26).map { piece in
      guard let equals = piece.firstIndex(of: 0x3D) else {
        return Item(name: PercentEncoding.decodeForm(piece), value: "")
      }
      return Item(
        name: PercentEncoding.decodeForm(piece[..<equals]),
        value: PercentEncoding.decodeForm(piece[piece.index(after: equals)...]))
    }
  }

  /// The first value of `name`; names are case-sensitive.
  public subscript(name: String) -> String? {
    items.first { $0.name == name }?.value
  }

  public func values(of name: String) -> [String] {
    items.compactMap { $0.name == name ? $0.value : nil }
  }
}
