/// Finds the documents that lie at given paths, in an order that depends on nothing but their names.
///
/// A folder is entered with its sub-folders; what `.gitignore` and `.footnoteignore` files ignore, hidden files and
/// folders of installed packages and caches are passed over, unless a rule takes them back with `!`. A file given
/// by name is always taken. Symbolic links are followed after everything else of their folder tree, each folder
/// being entered once. It blocks the calling thread while it reads folders.
public struct SourceWalker: Sendable {
  public struct Options: Sendable {
    /// Globs as in a `.gitignore`, relative to each folder given: only files that match one, or lie in a folder
    /// that does, are taken. Empty takes all.
    public var include: [String] = []
    /// Globs as in a `.gitignore`, relative to each folder given, that take precedence over every ignore file.
    public var exclude: [String] = []
    /// Whether names that begin with a dot are taken.
    public var includesHidden = false
    /// Whether `.gitignore` and `.footnoteignore` count.
    public var honoursIgnoreFiles = true

    public init() {}
  }

  /// What was found, in the order of the paths given.
  public enum Item: Sendable, Equatable {
    case file(SourceFile)
    case failure(SourceFailure)
  }

  private let options: Options

  public init(options: Options = Options()) { self.options = options }

  /// Hands over each document and each failure as it is found; a failure never ends the walk.
  ///
  /// - Parameters:
  ///   - paths: files and folders, relative to the working directory or absolute.
  ///   - passedOver: told, for each folder given, what lies there and is no document.
  /// - Throws: what `body` throws.
  public func walk(
    _ paths: [String], passedOver: (PassedOver) -> Void = { _ in }, _ body: (Item) throws -> Void
  ) rethrows {
    var seen = SeenSources()
    for path in paths {
      switch WalkRoot(path) {
      case .failure(let failure): try body(.failure(failure))
      case .file(let file): if seen.insert(file.source) { try body(.file(file)) }
      case .folder(let path, let name):
        var walk = FolderWalk(path: path, name: name, options: options, seen: seen)
        while let item = walk.next() { try body(item) }
        seen = walk.seen
        passedOver(walk.passedOver)
      }
    }
  }

  /// All documents and failures at once.
  public func files(
    at paths: [String]
  ) -> (files: [SourceFile], failures: [SourceFailure], passedOver: PassedOver) {
    var files: [SourceFile] = []
    var failures: [SourceFailure] = []
    var passedOver = PassedOver()
    func add(_ other: PassedOver) { passedOver.add(other) }
    walk(paths, passedOver: add) { item in
      switch item {
      case .file(let file): files.append(file)
      case .failure(let failure): failures.append(failure)
      }
    }
    return (files, failures, passedOver)
  }
}
