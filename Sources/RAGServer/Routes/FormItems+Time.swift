import FoundationEssentials
import HTTPServer

extension FormItems {
  /// A point in time: ISO 8601, a day, or seconds since 1970.
  ///
  /// - Throws: `HTTPError` 400 for anything else.
  func time(_ name: String) throws -> Date? {
    guard let text = self[name], !text.isEmpty else { return nil }
    if let seconds = Double(text), seconds.isFinite { return Date(timeIntervalSince1970: seconds) }
    let whole = text.utf8.count == 10 ? text + "T00:00:00Z" : text
    let styles = [
      Date.ISO8601FormatStyle(), Date.ISO8601FormatStyle(includingFractionalSeconds: true),
    ]
    for style in styles {
      if let date = try? style.parse(whole) { return date }
    }
    throw HTTPError.badRequest(
      "\(name): expected a time, found '\(text)'", hint: "Write it as 2026-11-21T09:00:00Z.")
  }
}
