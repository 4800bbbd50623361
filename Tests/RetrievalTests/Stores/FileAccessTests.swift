import FoundationEssentials
import Glibc
import TestSupport
import Testing

@testable import Retrieval

@Suite struct FileAccessTests {
  /// As on a file system where a file has one name only.
  private static func noLink(_: String, _: String) -> Int32 {
    errno = EPERM
    return -1
  }

  private func content(_ path: String) -> String? { try? String(contentsOfFile: path, encoding: .utf8) }

  @Test(arguments: [true, false])
  func aFileGetsItsNameWhenItIsWholeAndReplacesNothing(canLink: Bool) throws {
    func publish(_ part: String, as path: String) -> Bool {
      canLink
        ? FileAccess.publish(part, as: path) : FileAccess.publish(part, as: path, link: Self.noLink)
    }
    try withTemporaryDirectory { folder in
      try write("one", to: folder + "/a.part")
      #expect(publish(folder + "/a.part", as: folder + "/a"))
      #expect(content(folder + "/a") == "one" && content(folder + "/a.part") == nil)
      try write("two", to: folder + "/a.part")
      #expect(!publish(folder + "/a.part", as: folder + "/a"))
      #expect(errno == EEXIST)
      #expect(content(folder + "/a") == "one" && content(folder + "/a.part") == "two")
      #expect(!publish(folder + "/none.part", as: folder + "/b"))
      #expect(errno == ENOENT)
      #expect(content(folder + "/b") == nil, "no empty file is left")
      #expect(!publish(folder + "/a.part", as: folder + "/no/such/folder"))
    }
  }
}
