import Glibc
import Testing

@testable import Retrieval

@Suite struct SourceWalkerTests {
  private let folder: TemporaryFolder
  private var name: String { String(FileName.lastComponent(folder.path)) }

  init() throws { folder = try TemporaryFolder() }

  private func write(_ names: String...) throws {
    for name in names { try folder.write(name, "words of \(name)") }
  }

  /// Names found below the folder, and failures as "name: code".
  private func walk(_ options: SourceWalker.Options = .init(), at paths: [String]? = nil) -> [String] {
    var found: [String] = []
    SourceWalker(options: options).walk(paths ?? [folder.path]) { item in
      switch item {
      case .file(let file): found.append(String(file.name.dropFirst(name.count + 1)))
      case .failure(let failure):
        found.append("\(failure.name.dropFirst(name.count + 1)): \(failure.error.code.rawValue)")
      }
    }
    return found
  }

  @Test func `files come by name, with path, size and time`() throws {
    try write("b.md", "a/z.txt", "a/b/c.html", "a.md", "Z.md")
    #expect(walk() == ["Z.md", "a/b/c.html", "a/z.txt", "a.md", "b.md"])
    let (files, failures, _) = SourceWalker().files(at: [folder.path])
    #expect(failures.isEmpty)
    let first = try #require(files.first)
    #expect(first.source == "\(folder.path)/Z.md")
    #expect(first.name == "\(name)/Z.md")
    #expect(first.size == 13)
    #expect(first.modified.map { $0 > 1_600_000_000_000_000_000 } == true)
  }

  @Test func `only documents and texts are taken`() throws {
    try write(
      "a.md", "b.pdf", "c.png", "d.unknown", "LICENSE", "f.tar.gz", "g.swift", "h.zip", "i.svg", "server.key")
    try folder.write("blob", [1, 2, 0, 3])
    try folder.write("scan", Array("%PDF-1.4".utf8))
    try folder.write("nothing", [])
    try folder.write("empty.md", [])
    #expect(
      walk() == ["LICENSE", "a.md", "b.pdf", "d.unknown", "empty.md", "g.swift", "h.zip", "scan"])
    let passedOver = SourceWalker().files(at: [folder.path]).passedOver.formats
    #expect(passedOver == ["png": 1, "gz": 1, "svg": 1, "key": 1, "": 1])
  }

  @Test func `of what is packed with gzip the content decides where the name says nothing`() throws {
    let text = gzip("words")
    for name in ["NEWS.gz", "changelog.Debian.gz", "syslog.2.gz", "man/ls.1.gz", "notes.md.gz"] {
      try folder.write(name, text)
    }
    try folder.write("pages/ls.1.gz", gzip(".TH LS 1\n.SH NAME\nls"))
    try folder.write("paper.gz", gzip("%PDF-1.4 and so on"))
    // Passed over: by the name of what is packed, by its content, for holding nothing, for being damaged.
    try folder.write("backup.tar.gz", text)
    try folder.write("core.gz", gzip([1, 2, 0, 3, 0, 4]))
    try folder.write("nothing.gz", gzip(""))
    try folder.write("cut.gz", Array(text.prefix(12)))
    // Named as a document: why it cannot be read is said later.
    try folder.write("cut.md.gz", Array(text.prefix(12)))
    try folder.write("plain.gz", "not packed at all")
    #expect(
      walk() == [
        "NEWS.gz", "changelog.Debian.gz", "cut.md.gz", "man/ls.1.gz", "notes.md.gz", "pages/ls.1.gz",
        "paper.gz",
        "plain.gz", "syslog.2.gz",
      ])
    #expect(SourceWalker().files(at: [folder.path]).passedOver.formats == ["gz": 4])
    var options = SourceWalker.Options()
    options.include = ["*.1.gz"]
    #expect(walk(options) == ["man/ls.1.gz", "pages/ls.1.gz"])
  }

  @Test func `hidden files, packages and caches are passed over`() throws {
    try write(
      ".hidden.md", ".git/a.md", ".config/b.md", "node_modules/x/c.md", "__pycache__/d.txt",
      "cache/CACHEDIR.TAG",
      "cache/e.md", "venv/pyvenv.cfg", "venv/lib/f.md", "kept.md")
    #expect(walk() == ["kept.md"])
    var options = SourceWalker.Options()
    options.includesHidden = true
    #expect(walk(options) == [".config/b.md", ".hidden.md", "kept.md"])
  }

  @Test func `ignore files are honoured, nested ones relative to their folder`() throws {
    try write(
      "a.md", "a.log", "docs/a.md", "docs/draft/x.md", "docs/keep.log", "docs/sub/top.md", "docs/top.md")
    try folder.write(".gitignore", "*.log\ndraft/\nnode_modules/\n!.secret.md")
    try folder.write("docs/.gitignore", "!keep.log\n/top.md")
    try folder.write(".footnoteignore", "/a.md\n!node_modules/")
    try write(".secret.md", "node_modules/own.md")
    #expect(walk() == [".secret.md", "docs/a.md", "docs/keep.log", "docs/sub/top.md", "node_modules/own.md"])
    var options = SourceWalker.Options()
    options.honoursIgnoreFiles = false
    #expect(
      walk(options) == [
        "a.log", "a.md", "docs/a.md", "docs/draft/x.md", "docs/keep.log", "docs/sub/top.md", "docs/top.md",
      ])
  }

  @Test func `rules of the repository above the folder count`() throws {
    try write("repo/docs/a.md", "repo/docs/out/b.md", "repo/docs/c.md", "repo/docs/d.md")
    try folder.makeFolder("repo/.git/info")
    try folder.write("repo/.git/info/exclude", "d.md")
    try folder.write("repo/.gitignore", "/docs/out/\n/a.md")
    try folder.write(".gitignore", "c.md")
    let (files, _, _) = SourceWalker().files(at: ["\(folder.path)/repo/docs"])
    #expect(files.map(\.name) == ["docs/a.md", "docs/c.md"])
  }

  @Test(arguments: [
    (["*.md"], [], ["a.md", "docs/b.md", "docs/deep/c.md"]),
    (["docs/"], [], ["docs/b.md", "docs/d.txt", "docs/deep/c.md"]),
    (["docs/*"], ["*.txt"], ["docs/b.md", "docs/deep/c.md"]),
    (["/*.md"], [], ["a.md"]), (["**/deep/**"], [], ["docs/deep/c.md"]), ([], ["docs"], ["a.md", "e.txt"]),
    (["*.md", "!b.md"], [], ["a.md", "docs/deep/c.md"]), ([], ["*", "!a.md"], ["a.md"]),
  ])
  func `globs choose among the files`(include: [String], exclude: [String], expected: [String]) throws {
    try write("a.md", "docs/b.md", "docs/deep/c.md", "docs/d.txt", "e.txt")
    var options = SourceWalker.Options()
    options.include = include
    options.exclude = exclude
    #expect(walk(options) == expected)
  }

  @Test func `links are followed once and loops reported`() throws {
    try write("real/a.md", "real/deep/b.md", "x.md")
    let outside = try TemporaryFolder()
    try outside.write("o.md", "outside")
    try outside.write("single.md", "single")
    try folder.link("again", to: "real")
    try folder.link("real/deep/up", to: "../..")
    try folder.link("self.md", to: "self.md")
    try folder.link("nowhere.md", to: "gone.md")
    try folder.link("nowhere.so", to: "gone.so")
    try folder.link("outside", to: outside.path)
    try folder.link("outside2", to: outside.path)
    try folder.link("file.md", to: "\(outside.path)/single.md")
    try folder.link("twice.md", to: "x.md")
    #expect(
      walk() == [
        "real/a.md", "real/deep/b.md", "x.md", "file.md", "nowhere.md: unreadable", "outside/o.md",
        "real/deep/up: symlinkLoop", "self.md: symlinkLoop",
      ])
    let (files, _, _) = SourceWalker().files(at: [folder.path])
    let linked = try #require(files.first { $0.name == "\(name)/file.md" })
    #expect(linked.source == "\(outside.path)/single.md")
  }

  @Test func `paths given by name are taken whatever they are, once`() throws {
    try write("a.png", "docs/b.md", ".hidden.md")
    try folder.write(".gitignore", "*.png")
    let (files, failures, _) = SourceWalker().files(at: [
      "\(folder.path)/a.png", "\(folder.path)/docs/../.hidden.md", "\(folder.path)/docs/",
      "\(folder.path)/docs/b.md",
      "\(folder.path)/none.md",
    ])
    #expect(files.map(\.name) == ["a.png", ".hidden.md", "docs/b.md"])
    #expect(files.map(\.source) == ["a.png", ".hidden.md", "docs/b.md"].map { "\(folder.path)/\($0)" })
    #expect(failures.map(\.error.code) == [.unreadable])
    #expect(
      failures.first?.description
        == "\(folder.path)/none.md: It does not exist (No such file or directory). Check the path.")
  }

  @Test func `pipes are passed over, and refused by name without waiting`() throws {
    #expect(mkfifo("\(folder.path)/pipe.md", 0o644) == 0)
    #expect(walk().isEmpty)
    let (_, failures, _) = SourceWalker().files(at: ["\(folder.path)/pipe.md"])
    #expect(failures.first?.error.description.contains("device, pipe or socket") == true)
    #expect(
      DocumentError.thrown { _ = try DocumentReader().read(folder.source("pipe.md")) }?.code == .unreadable)
  }

  @Test(.enabled(if: getuid() != 0)) func `an unreadable folder is a failure and the walk goes on`() throws {
    try write("closed/a.md", "open/b.md")
    #expect(chmod("\(folder.path)/closed", 0) == 0)
    #expect(walk() == ["closed: unreadable", "open/b.md"])
    #expect(chmod("\(folder.path)/closed", 0o755) == 0)
  }

  @Test func `an ignore file that cannot be read is a failure and the walk goes on`() throws {
    try write("a/x.md", "b.md")
    try folder.makeFolder("a/.gitignore")
    #expect(walk() == ["a/.gitignore: unreadable", "a/x.md", "b.md"])
  }

  @Test func `the lock of a corpus that lies among its documents is none`() async throws {
    try write("a.md", "door-lock")
    let lock = try await IngestLock.acquire(for: "\(folder.path)/book")
    defer { withExtendedLifetime(lock) {} }
    #expect(access("\(folder.path)/book-lock", F_OK) == 0)
    #expect(walk() == ["a.md", "door-lock"])
  }

  @Test func `a name that is not UTF-8 is a failure`() throws {
    let raw = Array("\(folder.path)/b".utf8) + [0xFF] + Array(".md\0".utf8)
    let file = open(raw.map { CChar(bitPattern: $0) }, O_CREAT | O_WRONLY, 0o644)
    #expect(file >= 0)
    close(file)
    try write("a.md", "c.md")
    #expect(walk() == ["a.md", "b\u{FFFD}.md: unreadable", "c.md"])
  }

  @Test func `what is not asked for fails nobody`() throws {
    let raw = Array("\(folder.path)/b".utf8) + [0xFF] + Array(".txt\0".utf8)
    close(open(raw.map { CChar(bitPattern: $0) }, O_CREAT | O_WRONLY, 0o644))
    #expect(symlink("nothing.txt", "\(folder.path)/link.txt") == 0)
    try write("a.md")
    var options = SourceWalker.Options()
    options.include = ["*.md"]
    #expect(walk(options) == ["a.md"])
    #expect(walk() == ["a.md", "b\u{FFFD}.txt: unreadable", "link.txt: unreadable"])
    let failures = SourceWalker().files(at: [folder.path]).failures
    #expect(failures.last?.error.description.contains("leads to nothing") == true)
  }

  @Test func `the depth of folders is bounded by the system alone`() throws {
    let deep = (0..<150).map { _ in "d" }.joined(separator: "/")
    try write("\(deep)/a.md")
    #expect(walk() == ["\(deep)/a.md"])
  }
}
