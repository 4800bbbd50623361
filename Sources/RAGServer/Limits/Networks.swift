import Commands
import HTTPServer

extension ValueType where Value == AddressRanges {
  /// Addresses and networks separated by commas.
  static var networks: ValueType<AddressRanges> {
    ValueType(
      placeholder: "NETWORKS", expectation: "addresses or networks such as 10.0.0.0/8, separated by commas"
    ) { text, _ in
      let parts = text.split { $0 == "," || $0 == " " }.map(String.init)
      return parts.isEmpty ? nil : AddressRanges(parts)
    }
  }
}
