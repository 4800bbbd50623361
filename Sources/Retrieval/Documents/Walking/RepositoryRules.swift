/// The ignore files that apply to a folder inside a Git repository from the folders above it.
struct RepositoryRules {
  private(set) var rules = IgnoreRules()
  /// The folder's path from the repository's top.
  private(set) var prefix: [PathComponent] = []

  /// None: the folder is taken as a top of its own.
  init() {}

  /// - Parameter path: the folder's real path. Files above it that cannot be read count as absent: they are not
  ///   part of what was asked for.
  init(above path: String) {
    let names = PathComponent.all(path)
    let top = (0...names.count).last {
      (try? FileStatus("\(Self.path(names[..<$0]))/.git", followsLinks: true)) != nil
    }
    guard let top else { return }
    prefix = Array(names[top...])
    try? rules.add(contentOf: "\(Self.path(names[..<top]))/.git/info/exclude", depth: 0)
    for depth in top..<names.count {
      for file in IgnoreRules.fileNames {
        try? rules.add(contentOf: "\(Self.path(names[..<depth]))/\(file)", depth: depth - top)
      }
    }
  }

  private static func path(_ names: ArraySlice<PathComponent>) -> String {
    names.map { "/\($0.name)" }.joined()
  }
}
