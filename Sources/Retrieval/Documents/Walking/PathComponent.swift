/// One name of a path, taken apart once for all the patterns that it meets.
struct PathComponent: Sendable, Equatable {
  let name: String
  let scalars: [Unicode.Scalar]

  init(_ name: some StringProtocol) {
    self.name = String(name)
    scalars = Array(name.unicodeScalars)
  }

  /// The components of a relative path.
  static func all(_ path: some StringProtocol) -> [PathComponent] {
    path.split(separator: "/").map { PathComponent($0) }
  }
}
