import Glibc

/// The walk through one folder given by name.
struct FolderWalk {
  private(set) var seen: SeenSources
  private(set) var passedOver = PassedOver()

  /// Something to look at: an entry of a folder, or a link put off to the end.
  private struct Waiting {
    /// Real path, but for a link's own name.
    var path: String
    /// The names from the given folder on, without its own.
    var names: [PathComponent]
    var rules: IgnoreRules
    var isGarbled = false
    var isLink = false
    /// The folders above; nil for the given folder itself.
    var above: FolderLineage?
    /// The website that it is part of, if a generator made one here.
    var site: Site?
    /// Whether it is the source of a page beside it.
    var isPageSource = false

    var isRoot: Bool { above == nil }
  }

  private struct Site {
    let build: BuiltSite
    /// Number of names from the given folder to the site's top.
    let depth: Int

    /// - Parameter names: from the given folder on.
    func holdsNoDocument(at names: [PathComponent]) -> Bool { build.isByproduct(names[depth...]) }
  }

  private let rootName: String
  /// The given folder's path from the top of its Git repository, where ignore files above it lie.
  private let prefix: [PathComponent]
  private let selection: WalkSelection
  private let honoursIgnoreFiles: Bool
  private var waiting: [Waiting]
  /// Links in the order found, looked at once nothing else is waiting.
  private var links: [Waiting] = []
  private var nextLink = 0
  private var failures: [SourceFailure] = []

  /// - Parameters:
  ///   - path: the folder's real path.
  ///   - name: its own name, with which the names of its files begin.
  init(path: String, name: String, options: SourceWalker.Options, seen: SeenSources) {
    self.seen = seen
    rootName = name
    selection = WalkSelection(options)
    honoursIgnoreFiles = options.honoursIgnoreFiles
    let repository = options.honoursIgnoreFiles ? RepositoryRules(above: path) : RepositoryRules()
    prefix = repository.prefix
    waiting = [Waiting(path: path, names: [], rules: repository.rules, above: nil)]
  }

  /// The next document or failure; nil at the end.
  mutating func next() -> SourceWalker.Item? {
    while true {
      if let failure = failures.popLast() { return .failure(failure) }
      if waiting.isEmpty, nextLink < links.count {
        waiting.append(links[nextLink])
        nextLink += 1
      }
      guard let entry = waiting.popLast() else { return nil }
      do {
        if let file = try visit(entry) { return .file(file) }
      } catch {
        failures.append(failure(entry.path, name(entry), error))
      }
    }
  }

  private mutating func visit(_ entry: Waiting) throws -> SourceFile? {
    guard !entry.isGarbled else {
      guard selection.includes(entry.names) else { return nil }
      throw DocumentError(.unreadable, "Its name is not UTF-8. Rename it.")
    }
    let status: FileStatus
    do {
      status = try FileStatus(entry.path, followsLinks: entry.isLink || entry.isRoot)
    } catch let error as DocumentError {
      // A link to nowhere is a loss only if a document was expected there.
      guard entry.isLink, error.code != .symlinkLoop else { throw error }
      guard DocumentFormat(name: entry.path) != nil, selection.includes(entry.names),
        entry.site?.holdsNoDocument(at: entry.names) != true,
        !PackedScript.isPacked(name: entry.path, head: [])
      else { return nil }
      throw access(entry.path, F_OK) != 0 && errno == ENOENT
        ? DocumentError(
          .unreadable, "It is a symbolic link that leads to nothing. Remove it, or put back what it leads to."
        )
        : error
    }
    guard entry.isRoot || isSelected(entry, isFolder: status.kind == .folder) else { return nil }
    switch status.kind {
    case .link:
      var link = entry
      link.isLink = true
      links.append(link)
      return nil
    case .folder:
      try enter(entry, status)
      return nil
    case .file:
      return try file(entry, status)
    case .other:
      return nil
    }
  }

  private func isSelected(_ entry: Waiting, isFolder: Bool) -> Bool {
    let verdict = entry.rules.verdict(prefix + entry.names, isFolder: isFolder)
    return selection.takes(entry.names, isFolder: isFolder, verdict: verdict)
  }

  private mutating func file(_ entry: Waiting, _ status: FileStatus) throws -> SourceFile? {
    guard selection.includes(entry.names) else { return nil }
    guard try isDocument(entry.path, status) else {
      let kind = FileName.pathExtension(entry.path)
      // A corpus that lies there, its lock and its log are nobody's documents.
      if status.size > 0, !kind.hasPrefix("db") { passedOver.formats[kind, default: 0] += 1 }
      return nil
    }
    guard try !isGenerated(entry) else {
      passedOver.generated += 1
      return nil
    }
    let source = entry.isLink ? try FileStatus.realPath(entry.path) : entry.path
    guard seen.insert(source) else { return nil }
    return SourceFile(source: source, name: name(entry), size: status.size, modified: status.modified)
  }

  /// Whether a generator made it beside a site's pages, or a tool packed it; a rule with `!` takes it back.
  private func isGenerated(_ entry: Waiting) throws -> Bool {
    guard try isByproduct(entry) else { return false }
    return entry.rules.verdict(prefix + entry.names, isFolder: false) != .included
  }

  private func isByproduct(_ entry: Waiting) throws -> Bool {
    if entry.isPageSource || entry.site?.holdsNoDocument(at: entry.names) == true { return true }
    guard PackedScript.mayBePacked(entry.path) else { return false }
    return PackedScript.isPacked(name: entry.path, head: try FileContent(entry.path).head(TextSniffer.length))
  }

  /// Whether the extension names a document, or the content is text although the extension says nothing.
  private func isDocument(_ path: String, _ status: FileStatus) throws -> Bool {
    // What is packed with gzip is named `faq.txt.gz`, `NEWS.gz`, `ls.1.gz`.
    let name = FileName.withoutGzip(path)
    if DocumentFormat(name: name) != nil { return true }
    guard !BinaryFormat.isBinary(name), status.size > 0 else { return false }
    var head = try FileContent(path).head(TextSniffer.length)
    if name != path, GzipContent.isPacked(head) {
      // Nothing says that there is a document in it, so that what is damaged is none.
      guard let packed = try? GzipContent.head(ofFile: path, count: TextSniffer.length), !packed.isEmpty
      else { return false }
      head = packed
    }
    return FormatDetector.isPDF(head, name: name)
      || (BinaryFormat.name(head) == nil && TextSniffer.isText(head)
        && !IngestLock.isLock(FileName.lastComponent(path), head: head))
  }

  private mutating func enter(_ entry: Waiting, _ status: FileStatus) throws {
    if entry.above?.contains(status.identity) == true {
      throw DocumentError(
        .symlinkLoop, "The symbolic link leads back to a folder above it and is not followed. Remove it.")
    }
    guard seen.insert(status.identity) else { return }
    let path = entry.isLink ? try FileStatus.realPath(entry.path) : entry.path
    let children = try FolderListing.entries(path)
    let childNames = Set(children.map(\.name))
    guard entry.isRoot || !WalkSelection.isMarkedAsCache(childNames) else { return }

    let rules = rules(entry, path: path, childNames: childNames)
    let above = FolderLineage(identity: status.identity, parent: entry.above)
    let site = BuiltSite(childNames).map { Site(build: $0, depth: entry.names.count) } ?? entry.site
    let sources = PageSources.names(among: childNames)
    for child in children.reversed() {
      waiting.append(
        Waiting(
          path: path == "/" ? "/\(child.name)" : "\(path)/\(child.name)",
          names: entry.names + [PathComponent(child.name)], rules: rules, isGarbled: child.isGarbled,
          above: above, site: site, isPageSource: sources.contains(child.name)))
    }
  }

  private mutating func rules(_ entry: Waiting, path: String, childNames: Set<String>) -> IgnoreRules {
    var rules = entry.rules
    guard honoursIgnoreFiles else { return rules }
    for file in IgnoreRules.fileNames where childNames.contains(file) {
      do {
        try rules.add(contentOf: "\(path)/\(file)", depth: prefix.count + entry.names.count)
      } catch {
        failures.append(failure("\(path)/\(file)", "\(name(entry))/\(file)", error))
      }
    }
    return rules
  }

  private func name(_ entry: Waiting) -> String {
    let names = entry.names.map(\.name)
    return (rootName.isEmpty ? names : [rootName] + names).joined(separator: "/")
  }

  private func failure(_ source: String, _ name: String, _ error: any Error) -> SourceFailure {
    let error = error as? DocumentError ?? DocumentError(.unreadable, "\(error)")
    return SourceFailure(source: source, name: name, error: error)
  }
}
