import FoundationEssentials

extension Output {
  /// Writes a value as JSON and a newline: on one line, so that many values are JSON Lines, or indented.
  ///
  /// Keys are sorted, as their order would otherwise change from run to run; slashes stay as they are; dates are
  /// ISO 8601.
  public func json(_ value: some Encodable, isPretty: Bool = false) throws(OutputError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
    if isPretty { encoder.outputFormatting.insert(.prettyPrinted) }
    encoder.dateEncodingStrategy = .iso8601
    let data: Data
    do {
      data = try encoder.encode(value)
    } catch EncodingError.invalidValue(_, let context) {
      let place = context.codingPath.map(\.stringValue).joined(separator: ".")
      throw .unencodable(place.isEmpty ? "a value has no JSON form" : "'\(place)' has no JSON form")
    } catch {
      throw .unencodable("\(error)")
    }
    try write(String(decoding: data, as: UTF8.self) + "\n")
  }
}
