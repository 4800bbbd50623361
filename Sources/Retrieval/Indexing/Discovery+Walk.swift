extension Discovery {
  /// What lies at `paths`, folders with all that is below them. Blocks while it reads folders.
  public static func walk(_ paths: [String], options: SourceWalker.Options = SourceWalker.Options())
    -> Discovery
  {
    let (files, failures) = SourceWalker(options: options).files(at: paths)
    let roots = paths.compactMap { path -> String? in
      guard let real = try? FileStatus.realPath(path), let status = try? FileStatus(real, followsLinks: true),
        status.kind == .folder
      else { return nil }
      return real == "/" ? "/" : real + "/"
    }
    return Discovery(files: files, failures: failures, roots: roots)
  }
}
