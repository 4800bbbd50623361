import Commands
import HTTPServer

extension ValueType where Value == CORS.Origins {
  /// `*`, or origins as browsers write them, separated by commas; one slash at an origin's end is let pass.
  static var origins: ValueType<CORS.Origins> {
    ValueType(
      placeholder: "ORIGINS", expectation: "'*' or sites such as https://example.org, separated by commas"
    ) { text, _ in
      let parts = text.split(separator: ",").map { trimmed($0) }.filter { !$0.isEmpty }
      if parts == ["*"] { return .any }
      let origins = parts.compactMap(origin)
      return origins.isEmpty || origins.count < parts.count ? nil : .only(Set(origins))
    }
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text.drop { $0 == " " }
    while text.last == " " { text.removeLast() }
    return text
  }

  private static func origin(_ text: Substring) -> String? {
    let origin = (text.hasSuffix("/") ? text.dropLast() : text).lowercased()
    guard let scheme = ["http://", "https://"].first(where: origin.hasPrefix) else { return nil }
    let host = origin.dropFirst(scheme.count)
    let isHost = !host.isEmpty && host.allSatisfy { $0.isASCII && !" /?#@*".contains($0) }
    return isHost ? origin : nil
  }
}
