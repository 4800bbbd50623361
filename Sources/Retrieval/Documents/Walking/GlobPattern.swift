/// A path pattern in the language of gitignore(5): `*`, `?`, `[a-z]`, `**` between slashes, backslash escapes.
/// `?` and brackets stand for one Unicode scalar, where Git takes one byte.
struct GlobPattern: Sendable, Equatable {
  enum Token: Sendable, Equatable {
    case literal(Unicode.Scalar)
    case any
    case star
    case set(ScalarSet)
  }

  enum Segment: Sendable, Equatable {
    case tokens([Token])
    /// `**` alone between slashes: any number of components.
    case anyDepth
  }

  private let segments: [Segment]

  /// - Returns: nil for a pattern that can match nothing: a bracket left open, a backslash at the end.
  init?(_ pattern: some StringProtocol) {
    var segments: [Segment] = []
    var tokens: [Token] = []
    var isDeep = false
    func endSegment() {
      segments.append(isDeep && tokens == [.star] ? .anyDepth : .tokens(tokens))
      tokens = []
      isDeep = false
    }
    var scalars = Array(pattern.unicodeScalars)[...]
    while let scalar = scalars.popFirst() {
      switch scalar {
      case "/": endSegment()
      case "?": tokens.append(.any)
      case "*":
        // Two stars that are not alone between slashes are one.
        if tokens.last == .star { isDeep = true } else { tokens.append(.star) }
      case "[":
        guard let set = ScalarSet(&scalars) else { return nil }
        tokens.append(.set(set))
      case "\\":
        guard let escaped = scalars.popFirst() else { return nil }
        if escaped == "/" { endSegment() } else { tokens.append(.literal(escaped)) }
      default: tokens.append(.literal(scalar))
      }
    }
    endSegment()
    self.segments = segments
  }

  /// Whether the whole path matches, component by component. Time is bounded by the product of the lengths:
  /// a mismatch goes back to the last `**` only, and within a component to the last `*`.
  func matches(_ path: ArraySlice<PathComponent>) -> Bool {
    var segment = 0
    var part = path.startIndex
    var retry: (segment: Int, part: Int)?
    while part < path.endIndex {
      if segment < segments.count {
        switch segments[segment] {
        case .anyDepth:
          // At the end it stands for what is inside a folder, not for the folder itself.
          if segment == segments.count - 1 { return true }
          retry = (segment + 1, part)
          segment += 1
          continue
        case .tokens(let tokens):
          if Self.matches(tokens, path[part].scalars) {
            segment += 1
            part += 1
            continue
          }
        }
      }
      guard let (back, from) = retry else { return false }
      retry = (back, from + 1)
      segment = back
      part = from + 1
    }
    return segment == segments.count
  }

  private static func matches(_ tokens: [Token], _ scalars: [Unicode.Scalar]) -> Bool {
    var token = 0
    var index = 0
    var retry: (token: Int, index: Int)?
    while index < scalars.count {
      if token < tokens.count {
        switch tokens[token] {
        case .star:
          retry = (token + 1, index)
          token += 1
          continue
        case .any:
          token += 1
          index += 1
          continue
        case .literal(let scalar) where scalar == scalars[index]:
          token += 1
          index += 1
          continue
        case .set(let set) where set.contains(scalars[index]):
          token += 1
          index += 1
          continue
        case .literal, .set: break
        }
      }
      guard let (back, from) = retry else { return false }
      retry = (back, from + 1)
      token = back
      index = from + 1
    }
    while token < tokens.count, tokens[token] == .star { token += 1 }
    return token == tokens.count
  }
}
