import FoundationEssentials
import Models

extension JSONValue {
  /// What `value` is as JSON.
  init(encoding value: some Encodable) throws {
    self = try JSONValue(parsing: try JSONEncoder().encode(value))
  }
}
