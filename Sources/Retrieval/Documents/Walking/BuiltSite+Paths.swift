extension BuiltSite {
  /// Which of the files of an archive are by-products of sites in it.
  ///
  /// - Parameter paths: those of all its files, from the archive's top on.
  static func byproducts(of paths: some Sequence<String>) -> Set<String> {
    var children: [ArraySlice<String>: Set<String>] = [:]
    let files = paths.map { path in (path: path, names: path.split(separator: "/").map(String.init)) }
    for file in files {
      for (depth, name) in file.names.enumerated() {
        children[file.names[..<depth], default: []].insert(name)
      }
    }
    let sites = children.compactMapValues { BuiltSite($0) }
    let sources = children.mapValues(PageSources.names).filter { !$0.value.isEmpty }
    guard !sites.isEmpty || !sources.isEmpty else { return [] }
    return Set(
      files.filter { file in
        if let name = file.names.last, sources[file.names.dropLast()]?.contains(name) == true { return true }
        // The nearest site decides.
        guard let depth = file.names.indices.last(where: { sites[file.names[..<$0]] != nil }),
          let site = sites[file.names[..<depth]]
        else { return false }
        return site.isByproduct(file.names[depth...].map { PathComponent($0) }[...])
      }.map(\.path))
  }
}
