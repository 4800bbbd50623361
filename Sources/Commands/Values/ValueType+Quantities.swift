extension ValueType where Value == Duration {
  /// A length of time: `500ms`, `2s`, `1.5m`, `1h30m`, `7d`; a bare number counts seconds.
  public static var duration: ValueType<Duration> {
    ValueType(
      placeholder: "TIME", expectation: "a duration such as 500ms, 2s, 1m or 1h30m",
      text: DurationText.typed
    ) { text, _ in
      DurationText.value(text)
    }
  }

  /// A length of time within `range`, both ends included.
  public static func duration(in range: ClosedRange<Duration>) -> ValueType<Duration> {
    let ends = "\(DurationText.typed(range.lowerBound)) and \(DurationText.typed(range.upperBound))"
    return ValueType(
      placeholder: "TIME", expectation: "a duration between \(ends), such as 500ms, 2s or 1m",
      text: DurationText.typed
    ) { text, _ in
      DurationText.value(text).flatMap { range.contains($0) ? $0 : nil }
    }
  }
}

extension ValueType where Value == Int {
  /// A size in bytes: `512`, `200MB` (powers of 1000), `64MiB` (powers of 1024), `1.5GB`.
  public static var byteCount: ValueType<Int> {
    ValueType(
      placeholder: "SIZE", expectation: "a size such as 500kB, 200MB or 1.5GiB", text: ByteCountText.typed
    ) { text, _ in
      ByteCountText.value(text)
    }
  }
}
