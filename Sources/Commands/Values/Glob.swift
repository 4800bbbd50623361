/// A file name pattern in the manner of `.gitignore`: `*` and `?` stay within one folder, `**` crosses folders,
/// `[a-z]` and `[!a-z]` are sets, `{a,b}` are alternatives, a backslash takes the next character literally.
///
/// A pattern without a slash is compared with the last part of a path, one with a slash with the whole of it.
public struct Glob: Sendable, Equatable {
  public let pattern: String
  private let alternatives: [[Token]]
  private let isForName: Bool

  /// In bytes; braces are expanded recursively, so the length bounds the depth.
  private static let longestPattern = 1024

  /// Nil for an empty pattern, a set or brace that is not closed, more than 256 alternatives or
  /// more than 1,024 bytes.
  public init?(_ pattern: String) {
    guard !pattern.isEmpty, pattern.utf8.count <= Self.longestPattern,
      let expanded = Self.expandBraces(Array(pattern.unicodeScalars))
    else { return nil }
    var alternatives: [[Token]] = []
    for alternative in expanded {
      let anchored = alternative.first == "/" ? Array(alternative.dropFirst()) : alternative
      guard let tokens = Self.tokens(anchored) else { return nil }
      alternatives.append(tokens)
    }
    self.pattern = pattern
    self.alternatives = alternatives
    isForName = !pattern.contains("/")
  }

  /// Whether the pattern covers `path`, which is relative to the folder searched and separated by slashes.
  public func matches(_ path: String) -> Bool {
    let whole = path.hasPrefix("./") ? path.dropFirst(2) : path[...]
    let subject = isForName ? whole.split(separator: "/").last ?? "" : whole
    let scalars = Array(subject.unicodeScalars)
    return alternatives.contains { Self.matches($0, scalars) }
  }

  private enum Token: Sendable, Equatable {
    case scalar(Unicode.Scalar)
    case any
    case star
    /// `**/`: any number of whole folders, none included.
    case folders
    /// A closing `**`: everything that is left.
    case rest
    case set(ranges: [ClosedRange<Unicode.Scalar>], isNegated: Bool)
  }

  /// Time is at most pattern length x path length, whatever the pattern: states are kept, not retried.
  private static func matches(_ tokens: [Token], _ text: [Unicode.Scalar]) -> Bool {
    var reachable = closure([Bool](repeating: false, count: tokens.count + 1), tokens, adding: 0)
    for scalar in text {
      var next = [Bool](repeating: false, count: tokens.count + 1)
      for (state, token) in tokens.enumerated() where reachable[state] {
        switch token {
        case .scalar(let expected): if scalar == expected { next = closure(next, tokens, adding: state + 1) }
        case .any: if scalar != "/" { next = closure(next, tokens, adding: state + 1) }
        case .star: if scalar != "/" { next = closure(next, tokens, adding: state) }
        case .rest: next = closure(next, tokens, adding: state)
        case .folders:
          // Staying means being inside a folder's name; leaving is possible only just after a slash.
          next[state] = true
          if scalar == "/" { next = closure(next, tokens, adding: state + 1) }
        case .set(let ranges, let isNegated):
          if scalar != "/", ranges.contains(where: { $0.contains(scalar) }) != isNegated {
            next = closure(next, tokens, adding: state + 1)
          }
        }
      }
      reachable = next
    }
    return reachable[tokens.count]
  }

  /// Adds a state and those reached from it without reading anything.
  private static func closure(_ states: [Bool], _ tokens: [Token], adding first: Int) -> [Bool] {
    var states = states
    var state = first
    while true {
      states[state] = true
      guard state < tokens.count else { return states }
      switch tokens[state] {
      case .star, .rest, .folders: state += 1
      case .scalar, .any, .set: return states
      }
    }
  }

  private static func tokens(_ pattern: [Unicode.Scalar]) -> [Token]? {
    var tokens: [Token] = []
    var index = 0
    while index < pattern.count {
      let scalar = pattern[index]
      index += 1
      switch scalar {
      case "*":
        guard index < pattern.count, pattern[index] == "*" else {
          tokens.append(.star)
          continue
        }
        index += 1
        if index == pattern.count {
          tokens.append(.rest)
        } else if pattern[index] == "/" {
          tokens.append(.folders)
          index += 1
        } else {
          tokens.append(.star)
        }
      case "?": tokens.append(.any)
      case "[":
        guard let (set, end) = set(pattern, from: index) else { return nil }
        tokens.append(set)
        index = end
      case "\\" where index < pattern.count:
        tokens.append(.scalar(pattern[index]))
        index += 1
      default: tokens.append(.scalar(scalar))
      }
    }
    return tokens
  }

  /// The set that begins after `[` and the index after its `]`; a `]` that comes first stands for itself.
  private static func set(_ pattern: [Unicode.Scalar], from start: Int) -> (Token, Int)? {
    var index = start
    let isNegated = index < pattern.count && (pattern[index] == "!" || pattern[index] == "^")
    if isNegated { index += 1 }
    let first = index
    var ranges: [ClosedRange<Unicode.Scalar>] = []
    while index < pattern.count {
      if pattern[index] == "]", index > first {
        return (.set(ranges: ranges, isNegated: isNegated), index + 1)
      }
      let lower = pattern[index]
      if index + 2 < pattern.count, pattern[index + 1] == "-", pattern[index + 2] != "]" {
        guard lower <= pattern[index + 2] else { return nil }
        ranges.append(lower...pattern[index + 2])
        index += 3
      } else {
        ranges.append(lower...lower)
        index += 1
      }
    }
    return nil
  }

  private static func expandBraces(_ pattern: [Unicode.Scalar]) -> [[Unicode.Scalar]]? {
    guard let open = unescaped("{", pattern) else { return [pattern] }
    var depth = 0
    var parts: [[Unicode.Scalar]] = [[]]
    var index = open + 1
    while index < pattern.count {
      let scalar = pattern[index]
      index += 1
      if scalar == "\\", index < pattern.count {
        parts[parts.count - 1] += [scalar, pattern[index]]
        index += 1
      } else if scalar == ",", depth == 0 {
        parts.append([])
      } else if scalar == "}", depth == 0 {
        var expanded: [[Unicode.Scalar]] = []
        for part in parts {
          guard let rest = expandBraces(pattern[..<open] + part + pattern[index...]) else { return nil }
          expanded += rest
          if expanded.count > 256 { return nil }
        }
        return expanded
      } else {
        depth += scalar == "{" ? 1 : scalar == "}" ? -1 : 0
        parts[parts.count - 1].append(scalar)
      }
    }
    return nil
  }

  private static func unescaped(_ wanted: Unicode.Scalar, _ pattern: [Unicode.Scalar]) -> Int? {
    var index = 0
    while index < pattern.count {
      if pattern[index] == "\\" {
        index += 2
      } else if pattern[index] == wanted {
        return index
      } else {
        index += 1
      }
    }
    return nil
  }
}
