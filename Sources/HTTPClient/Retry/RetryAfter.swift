extension HTTPHeaders {
  /// How long the server asks to wait: `retry-after-ms`, else `Retry-After` in seconds or as a date
  /// (RFC 9110, section 10.2.3). Nil without either or where they are no such thing.
  ///
  /// A date is compared with the answer's own `Date` if it has one, which forgives wrong clocks.
  ///
  /// - Parameter now: Unix seconds, for answers without a date.
  public func retryAfter(now: Double) -> Duration? {
    if let text = self["retry-after-ms"], let milliseconds = Double(text.trimmed) {
      return Duration.bounded(seconds: milliseconds / 1000)
    }
    guard let text = self["Retry-After"]?.trimmed else { return nil }
    if let seconds = Double(text) { return Duration.bounded(seconds: seconds) }
    guard let date = HTTPDate.unixSeconds(text) else { return nil }
    let reference = self["Date"].flatMap(HTTPDate.unixSeconds).map(Double.init) ?? now
    return Duration.bounded(seconds: Double(date) - reference)
  }
}

extension Duration {
  /// Zero for negative values; nil for values that are no length of time.
  fileprivate static func bounded(seconds: Double) -> Duration? {
    guard seconds.isFinite, seconds < 1e9 else { return nil }
    return .seconds(max(0, seconds))
  }
}
