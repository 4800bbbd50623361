/// A route's template: `/api/conversations/{id}`, or `/files/{path...}` where the last parameter takes the
/// rest of the path.
struct PathPattern: Sendable {
  enum Segment: Sendable, Equatable {
    case literal(String)
    case parameter(String)
    case rest(String)
  }

  let template: String
  let segments: [Segment]

  /// Reads a template; a malformed one is an error of the program.
  init(_ template: String) {
    precondition(template.hasPrefix("/"), "route '\(template)' must begin with '/'")
    self.template = template
    let pieces = PathSegments.split(template)
    segments = pieces.enumerated().map { index, piece in
      guard piece.hasPrefix("{"), piece.hasSuffix("}") else {
        precondition(!piece.contains("{"), "route '\(template)': a parameter fills a whole segment")
        return .literal(String(piece))
      }
      let name = piece.dropFirst().dropLast()
      guard name.hasSuffix("...") else { return .parameter(String(name)) }
      precondition(index == pieces.count - 1, "route '\(template)': only the last parameter takes the rest")
      return .rest(String(name.dropLast(3)))
    }
  }

  var parameterNames: [String] {
    segments.compactMap { segment in
      switch segment {
      case .literal: nil
      case .parameter(let name), .rest(let name): name
      }
    }
  }
}
