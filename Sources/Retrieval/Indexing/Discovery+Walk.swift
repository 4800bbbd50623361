extension Discovery {
  /// What lies at `paths`, folders with all that is below them. Blocks while it reads folders.
  public static func walk(_ paths: [String], options: SourceWalker.Options = SourceWalker.Options())
    -> Discovery
  {
    let (files, failures, passedOver) = SourceWalker(options: options).files(at: paths)
    let roots = paths.compactMap { path -> String? in
      guard let real = try? FileStatus.realPath(path), let status = try? FileStatus(real, followsLinks: true),
        status.kind == .folder
      else { return nil }
      return real == "/" ? "/" : real + "/"
    }
    let given = Set(paths.filter { !FileAccess.exists($0) })
    var discovery = Discovery(
      files: files, failures: failures.filter { !given.contains($0.source) }, roots: roots)
    discovery.given = paths.compactMap { path in
      guard let real = try? FileStatus.realPath(path), let status = try? FileStatus(real, followsLinks: true)
      else { return nil }
      return status.kind == .folder && real != "/" ? real + "/" : real
    }
    discovery.passedOver = passedOver
    discovery.missing = failures.filter { given.contains($0.source) }
    return discovery
  }
}
