extension ValueType where Value == Int {
  /// Any whole number of 64 bits.
  public static var integer: ValueType<Int> { .integer(in: .min ... .max) }

  /// A whole number of at least `range.lowerBound`.
  public static func integer(in range: PartialRangeFrom<Int>) -> ValueType<Int> {
    .integer(in: range.lowerBound ... .max)
  }

  /// A whole number within `range`, both ends included.
  public static func integer(in range: ClosedRange<Int>) -> ValueType<Int> {
    let expectation =
      switch (range.lowerBound, range.upperBound) {
      case (.min, .max): "an integer"
      case (let lower, .max): "an integer of at least \(lower)"
      case (.min, let upper): "an integer of at most \(upper)"
      case (let lower, let upper): "an integer between \(lower) and \(upper)"
      }
    return ValueType(placeholder: "N", expectation: expectation) { text, _ in
      Int(text).flatMap { range.contains($0) ? $0 : nil }
    }
  }

  /// A TCP port; 0 asks the system for a free one.
  public static var port: ValueType<Int> {
    ValueType(placeholder: "PORT", expectation: "a port between 0 and 65535") { text, _ in
      Int(text).flatMap { (0...65535).contains($0) ? $0 : nil }
    }
  }
}

extension ValueType where Value == Double {
  /// A finite decimal number within `range`, both ends included.
  public static func number(in range: ClosedRange<Double>) -> ValueType<Double> {
    let expectation = "a number between \(plain(range.lowerBound)) and \(plain(range.upperBound))"
    return ValueType(placeholder: "X", expectation: expectation, text: plain) { text, _ in
      Decimal.value(text).flatMap { range.contains($0) ? $0 : nil }
    }
  }

  private static func plain(_ value: Double) -> String {
    Int(exactly: value).map(String.init) ?? "\(value)"
  }
}

extension ValueType where Value == Bool {
  /// The usual words for a switch: true, yes, on, 1 and their opposites, in any case.
  public static var boolean: ValueType<Bool> {
    ValueType(placeholder: "BOOL", expectation: "one of true, false, yes, no, on, off, 1 or 0") { text, _ in
      switch text.lowercased() {
      case "true", "yes", "on", "1": true
      case "false", "no", "off", "0": false
      default: nil
      }
    }
  }
}
