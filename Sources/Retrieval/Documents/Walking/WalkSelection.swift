/// Decides by name and rules what a walk looks at.
struct WalkSelection {
  private let include: IgnoreRules
  private let exclude: IgnoreRules
  private let includesHidden: Bool

  init(_ options: SourceWalker.Options) {
    var include = IgnoreRules()
    include.add(options.include.joined(separator: "\n"), depth: 0)
    var exclude = IgnoreRules()
    exclude.add(options.exclude.joined(separator: "\n"), depth: 0)
    (self.include, self.exclude) = (include, exclude)
    includesHidden = options.includesHidden
  }

  /// Installed packages and caches: what other people wrote, or what is made from the rest.
  private static let skippedFolders: Set<String> = [
    "node_modules", "bower_components", "jspm_packages", "__pycache__", "site-packages", "__MACOSX", "CVS",
  ]

  /// Git's own folder and those of its kin are never documents, hidden files wanted or not.
  private static let repositories: Set<String> = [".git", ".hg", ".svn", ".jj"]

  /// Whether an entry is looked at.
  ///
  /// - Parameters:
  ///   - names: from the given folder on, not empty.
  ///   - verdict: what the ignore files say.
  func takes(_ names: [PathComponent], isFolder: Bool, verdict: IgnoreRules.Verdict?) -> Bool {
    guard let name = names.last?.name, !Self.repositories.contains(name),
      exclude.verdict(names, isFolder: isFolder) != .ignored
    else { return false }
    switch verdict {
    case .ignored: return false
    case .included: return true
    case nil:
      guard includesHidden || !name.hasPrefix(".") else { return false }
      return !(isFolder && Self.skippedFolders.contains(name))
    }
  }

  /// Whether a file, or a folder that it lies in, is among those asked for.
  func includes(_ names: [PathComponent]) -> Bool {
    guard !include.isEmpty else { return true }
    switch include.verdict(names, isFolder: false) {
    case .ignored: return true
    case .included: return false
    case nil:
      return names.indices.dropFirst().contains {
        include.verdict(Array(names[..<$0]), isFolder: true) == .ignored
      }
    }
  }

  /// Whether a folder with these entries declares itself a cache (https://bford.info/cachedir/) or a Python
  /// environment.
  static func isMarkedAsCache(_ names: Set<String>) -> Bool {
    names.contains("CACHEDIR.TAG") || names.contains("pyvenv.cfg")
  }
}
