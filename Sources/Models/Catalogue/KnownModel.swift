/// What is known beforehand about a provider's model: list prices and sizes.
public struct KnownModel: Sendable, Hashable {
  public let name: String
  /// Tokens of prompt and answer together, or of one text for an embedding model.
  public let window: Int
  /// Dollars per million tokens.
  public let inputPrice: Double?
  public let cachedPrice: Double?
  public let outputPrice: Double?
  /// Dollars per thousand searches of a reranker.
  public let searchPrice: Double?
  /// Values of an embedding by default.
  public let dimensions: Int?

  /// When the list was compiled: prices before or after may differ.
  public static let priceDate = "2026-11-21"

  /// The model called `name`, or the one that it is a dated form of, such as `gpt-4o-2024-08-06`.
  public static func named(_ name: String) -> KnownModel? {
    let name = name.hasPrefix("models/") ? String(name.dropFirst(7)) : name
    if let exact = byName[name] { return exact }
    let parts = name.split(separator: "-")
    guard let date = parts.dropFirst().firstIndex(where: { $0.count == 4 && $0.hasPrefix("20") }),
      parts[date...].allSatisfy({ $0.allSatisfy(\.isNumber) })
    else { return nil }
    return byName[parts[..<date].joined(separator: "-")]
  }

  /// United States dollars that `units` searches of the reranker called `name` cost by the price list; nil for one that
  /// it does not name.
  public static func cost(of name: String, searchUnits units: Int) -> Double? {
    named(name)?.searchPrice.map { $0 * Double(units) / 1000 }
  }

  private static let byName = Dictionary(table.map { ($0.name, $0) }) { first, _ in first }

  static func chat(_ name: String, _ window: Int, _ input: Double, _ cached: Double?, _ output: Double)
    -> Self
  {
    KnownModel(
      name: name, window: window, inputPrice: input, cachedPrice: cached, outputPrice: output,
      searchPrice: nil, dimensions: nil)
  }

  static func embedding(_ name: String, _ window: Int, _ input: Double, _ dimensions: Int) -> Self {
    KnownModel(
      name: name, window: window, inputPrice: input, cachedPrice: nil, outputPrice: nil, searchPrice: nil,
      dimensions: dimensions)
  }

  static func reranker(_ name: String, _ window: Int, _ search: Double) -> Self {
    KnownModel(
      name: name, window: window, inputPrice: nil, cachedPrice: nil, outputPrice: nil, searchPrice: search,
      dimensions: nil)
  }
}
