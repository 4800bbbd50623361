import Testing

@testable import Commands

@Suite struct GlobTests {
  @Test(arguments: [
    ("*.md", "a.md", true), ("*.md", "docs/deep/a.md", true), ("*.md", "a.mdx", false), ("*.md", ".md", true),
    ("docs/*.md", "docs/a.md", true), ("docs/*.md", "docs/b/a.md", false),
    ("docs/*.md", "x/docs/a.md", false),
    ("docs/**", "docs/a/b.md", true), ("docs/**", "docs", false), ("**/a.md", "a.md", true),
    ("**/a.md", "x/y/a.md", true), ("**/a.md", "x/ya.md", false), ("docs/**/a.md", "docs/a.md", true),
    ("docs/**/a.md", "docs/x/y/a.md", true), ("docs/**/a.md", "docsx/a.md", false), ("/a.md", "a.md", true),
    ("/a.md", "x/a.md", false), ("a?c", "abc", true), ("a?c", "ac", false), ("a/?", "a/b", true),
    ("a?b", "a/b", false),
    ("[a-c].txt", "b.txt", true), ("[a-c].txt", "d.txt", false), ("[!a-c].txt", "d.txt", true),
    ("[]x]", "]", true), ("*.{md,txt}", "a.txt", true), ("*.{md,txt}", "a.pdf", false),
    ("{a,b{c,d}}", "bd", true),
    ("{a,}b", "b", true), (#"\*"#, "*", true), (#"\*"#, "a", false), (#"\{a"#, "{a", true),
    ("é*", "écrit", true),
    ("**", "a/b", true), ("a**b", "axxb", true), ("./a", "a", false), ("a/b", "./a/b", true), ("*", "", true),
  ])
  func `a pattern covers some paths and not others`(pattern: String, path: String, expected: Bool) throws {
    #expect(try #require(Glob(pattern)).matches(path) == expected)
  }

  @Test(arguments: [
    "", "[", "[a", "{a", "[z-a]", String(repeating: "{a,b}", count: 9), String(repeating: "a", count: 2000),
  ])
  func `a pattern that makes no sense is refused`(pattern: String) {
    #expect(Glob(pattern) == nil)
  }

  @Test func `a hostile pattern costs time in proportion to the lengths`() throws {
    let glob = try #require(Glob(String(repeating: "*a", count: 200) + "b"))
    #expect(!glob.matches(String(repeating: "a", count: 1000)))
  }
}
