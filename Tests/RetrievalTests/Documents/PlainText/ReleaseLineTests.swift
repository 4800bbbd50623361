import Testing

@testable import Retrieval

@Suite struct ReleaseLineTests {
  @Test(arguments: [
    ("Changes in version 1.22:", "Changes in version 1.22"), ("Version 3.0.0 (2025-04-15)", nil),
    ("v2.1.0 - 2024-05-01", nil), ("* Changes in 2.36", "Changes in 2.36"), ("Version 2.36.1", nil),
    ("bash (5.2.15-2) unstable; urgency=medium", nil), ("Release 3", nil), ("[1.2.3] - 2024-05-01", nil),
    (
      "* Noteworthy changes in release 3.8 (2022-09-02) [stable]",
      "Noteworthy changes in release 3.8 (2022-09-02) [stable]"
    ),
    ("zap 1.22, released 3 May 2024", nil), ("zap-1.22rc1 (unreleased)", nil),
    ("What's new in 2.0:", "What's new in 2.0"),
    ("1.4.0 / 2019-11-02", nil), ("Changes in zap version 4", nil), ("New in bash-5.2", nil), ("12.5", nil),
    ("version 1.34 - Ann Lee, 2021-02-13", nil),
  ])
  func `a line that names a version and nothing else is told`(line: String, title: String?) throws {
    let release = try #require(ReleaseLine(Array(line.utf8)[...]))
    #expect(release.title.string == title ?? line)
  }

  @Test(arguments: [
    "Version 1.22 is faster than 1.20", "Changes in version 1.22 are described below.", "New in town",
    "Version 3 of the GNU GPL",
    "13.05.2025", "Version 1.34 - Ann Lee", "2.1 Scope", "Figure 3.2", "In 1.22 we added threads",
    "Python 3.11 or later", "Version",
    "Changes in 2024",
    "1.2 million people", "2.5 Million", "bash (5.2.15-2) is out; see below", "Section 2.3",
    "10.0.0.1 - - GET /index.html",
  ])
  func `prose and numbers of other things are none`(line: String) {
    #expect(ReleaseLine(Array(line.utf8)[...]) == nil)
  }

  @Test(arguments: [
    ("Version 1.22", true), ("v1.22", true), ("1.22 (2024-05-01)", true), ("zap 1.22", false),
    ("1.22", false),
  ])
  func `a number alone may be anything`(line: String, isCertain: Bool) {
    #expect(ReleaseLine(Array(line.utf8)[...])?.isCertain == isCertain)
  }
}
