/// A bracket expression of a glob: `[a-z]`, `[!x]`, `[[:digit:]]`.
struct ScalarSet: Sendable, Equatable {
  private var ranges: [ClosedRange<UInt32>] = []
  private var classes: [String] = []
  private var isNegated = false

  /// Takes the expression after its `[`, up to and with its `]`. It reads as Git's wildmatch does: a `]` that comes
  /// first, and a `-` that begins or ends, are themselves.
  ///
  /// - Returns: nil if it is not closed or names a class that there is not.
  init?(_ scalars: inout ArraySlice<Unicode.Scalar>) {
    if scalars.first == "!" || scalars.first == "^" {
      isNegated = true
      scalars.removeFirst()
    }
    var isFirst = true
    var previous: UInt32?
    while let scalar = scalars.popFirst() {
      switch scalar {
      case "]" where !isFirst: return
      case "-" where previous != nil && scalars.first != nil && scalars.first != "]":
        guard let start = previous, let end = Self.literal(&scalars) else { return nil }
        if start <= end { ranges.append(start...end) }
        previous = nil
      case "[" where scalars.first == ":":
        if let name = Self.className(&scalars) {
          guard Self.contains("a", class: name) != nil else { return nil }
          classes.append(name)
          previous = nil
        } else {
          ranges.append(scalar.value...scalar.value)
          previous = scalar.value
        }
      case "\\":
        guard let escaped = scalars.popFirst() else { return nil }
        ranges.append(escaped.value...escaped.value)
        previous = escaped.value
      default:
        ranges.append(scalar.value...scalar.value)
        previous = scalar.value
      }
      isFirst = false
    }
    return nil
  }

  func contains(_ scalar: Unicode.Scalar) -> Bool {
    let isListed =
      ranges.contains { $0.contains(scalar.value) }
      || classes.contains { Self.contains(scalar, class: $0) == true }
    return isListed != isNegated
  }

  private static func literal(_ scalars: inout ArraySlice<Unicode.Scalar>) -> UInt32? {
    guard let scalar = scalars.popFirst() else { return nil }
    return scalar == "\\" ? scalars.popFirst()?.value : scalar.value
  }

  /// `:name:]` taken from the front; nil, and nothing taken, where it does not close so.
  private static func className(_ scalars: inout ArraySlice<Unicode.Scalar>) -> String? {
    guard let end = scalars.firstIndex(of: "]"), end > scalars.startIndex + 1, scalars[end - 1] == ":" else {
      return nil
    }
    var name = String.UnicodeScalarView()
    name.append(contentsOf: scalars[(scalars.startIndex + 1)..<(end - 1)])
    scalars = scalars[(end + 1)...]
    return String(name)
  }

  /// Nil for a class that POSIX does not have.
  private static func contains(_ scalar: Unicode.Scalar, class name: String) -> Bool? {
    let isASCII = scalar.isASCII
    let value = scalar.value
    let isDigit = (0x30...0x39).contains(value)
    let isUpper = (0x41...0x5A).contains(value)
    let isLower = (0x61...0x7A).contains(value)
    let isGraph = (0x21...0x7E).contains(value)
    return switch name {
    case "alnum": isDigit || isUpper || isLower
    case "alpha": isUpper || isLower
    case "blank": scalar == " " || scalar == "\t"
    case "cntrl": isASCII && (value < 0x20 || value == 0x7F)
    case "digit": isDigit
    case "graph": isGraph
    case "lower": isLower
    case "print": isGraph || scalar == " "
    case "punct": isGraph && !isDigit && !isUpper && !isLower
    case "space": scalar == " " || (9...13).contains(value)
    case "upper": isUpper
    case "xdigit": isDigit || (0x41...0x46).contains(value) || (0x61...0x66).contains(value)
    default: nil
    }
  }
}
