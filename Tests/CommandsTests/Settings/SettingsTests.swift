import Glibc
import Testing

@testable import Commands

@Suite struct SettingsTests {
  @Test func `a changed file takes effect at once, even within the clock's tick`() throws {
    let folder = try TemporaryFolder()
    let settings = Settings(environment: [:], file: "\(folder.path)/.env")
    #expect(settings["KEY"] == nil)
    // Same size each time, and written faster than times of files advance.
    for value in ["aaa", "bbb", "ccc", "ddd"] {
      try folder.write(".env", "KEY=\(value)\n")
      #expect(settings["KEY"] == value)
    }
    folder.remove(".env")
    #expect(settings["KEY"] == nil)
    #expect(settings.problems.isEmpty)
  }

  @Test func `a file is read again only while it may still change unseen`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(".env", "KEY=old\n")
    var file = SettingsFile(path: path)
    let later = FileStamp.now() + 3_000_000_000
    for expected in 1...2 {
      file.refresh()
      #expect(file.timesRead == expected)
    }
    for _ in 1...5 { file.refresh(now: later) }
    #expect(file.timesRead == 3)
    try folder.write(".env", "KEY=newer\n")
    file.refresh(now: later)
    #expect(file.timesRead == 4)
    #expect(file.contents.entries["KEY"]?.value == "newer")
  }

  @Test func `the environment comes first, and an empty variable counts as unset`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(".env", "A=file\nB=file\nC=\n")
    let settings = Settings(environment: ["A": "environment", "B": ""], file: path)
    #expect(settings["A"] == "environment")
    #expect(settings["B"] == "file")
    #expect(settings["C"] == nil)
    #expect(settings["D"] == nil)
  }

  @Test func `a description tells where and never what`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(".env", "\nB_API_KEY=secret-b\n")
    let settings = Settings(environment: ["A_API_KEY": "secret-a"], file: path)
    let shown = ["A_API_KEY", "B_API_KEY", "C_API_KEY"].map { settings.setting($0)?.description }
    #expect(shown == ["set (environment)", "set (\(path), line 2)", nil])
    #expect(Set(settings.secrets) == ["secret-a", "secret-b"])
  }

  @Test func `problems name file and line, and no contents`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(".env", "A=1\nhunter2\n")
    let problems = Settings(environment: [:], file: path).problems
    #expect(problems.map(\.description) == ["\(path), line 2: there is no '=' after the name."])
    #expect(problems.map(\.line) == [2])
  }

  @Test func `a file that cannot be read is a problem and no trap`() throws {
    let folder = try TemporaryFolder()
    let settings = Settings(environment: ["A": "1"], file: folder.path)
    #expect(
      settings.problems.map(\.description) == [
        "Cannot read settings from '\(folder.path)': it is not a regular file."
      ])
    #expect(settings["A"] == "1")
    let large = try folder.write("large", String(repeating: "#", count: 2 << 20))
    #expect(
      Settings(environment: [:], file: large).problems.map(\.reason) == ["it is larger than 1 MiB"])
  }

  @Test func `typed values are read, and errors name the variable`() throws {
    let settings = Settings(environment: ["TIMEOUT": "2s", "BAD": "soon"])
    #expect(try settings.read("TIMEOUT", .duration) == .seconds(2))
    #expect(try settings.read("NONE", .duration) == nil)
    #expect(
      throws: UsageError(
        "Environment variable BAD needs a duration such as 500ms, 2s, 1m or 1h30m, not 'soon'.")
    ) {
      try settings.read("BAD", .duration)
    }
  }

  @Test func `many threads may read while the file changes`() async throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(".env", "KEY=value0\n")
    let settings = Settings(environment: [:], file: path)
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<4 {
        group.addTask { (0..<500).allSatisfy { _ in settings["KEY"]?.hasPrefix("value") ?? true } }
      }
      for number in 0..<50 { _ = try? folder.write(".env", "KEY=value\(number)\n") }
      for await isSound in group { #expect(isSound) }
    }
  }
}
