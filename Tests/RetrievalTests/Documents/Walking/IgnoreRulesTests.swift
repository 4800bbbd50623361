import Processes
import Testing

@testable import Retrieval

@Suite struct IgnoreRulesTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let rules: String
    /// A trailing slash makes it a folder.
    let path: String
    let isIgnored: Bool

    init(_ rules: String, _ path: String, _ isIgnored: Bool) {
      (self.rules, self.path, self.isIgnored) = (rules, path, isIgnored)
    }

    var testDescription: String { "\(rules.debugDescription) on \(path)" }
  }

  static let cases = [
    // Names at any depth.
    Case("a.md", "a.md", true), Case("a.md", "x/y/a.md", true), Case("a.md", "a.mdx", false),
    Case("a.md", "ba.md", false), Case("a", "a/b/c", true), Case("A.md", "a.md", false),
    // Stars and question marks stay within a component.
    Case("*.log", "x/y.log", true), Case("*.log", ".log", true), Case("*", "a/b", true),
    Case("a*c", "abbbc", true),
    Case("a*c", "ac", true), Case("a*c", "a/c", false), Case("a?c", "abc", true), Case("a?c", "ac", false),
    Case("a?c", "a/c", false), Case("*a*b*", "xxaxxbxx", true), Case("*a*b", "aab", true),
    Case("*ab", "aaab", true),
    Case("docs/*", "docs/a", true), Case("docs/*", "docs/a/b", true), Case("docs/*", "x/docs/a", false),
    Case("docs/*.md", "docs/x/a.md", false),
    // A slash anchors.
    Case("/a", "a", true), Case("/a", "x/a", false), Case("x/a", "x/a", true), Case("x/a", "y/x/a", false),
    Case("/*.md", "a.md", true), Case("/*.md", "x/a.md", false), Case("/", "a", false),
    Case("//a", "a", false),
    // Folders only.
    Case("build/", "build/", true), Case("build/", "build", false), Case("build/", "x/build/y", true),
    Case("x/build/", "x/build/", true), Case("x/build/", "y/x/build/", false),
    Case("build//", "build/", false),
    Case("*/", "a/b", true), Case("*/", "a", false),
    // Double stars.
    Case("**/a", "a", true), Case("**/a", "x/y/a", true), Case("a/**", "a/b", true),
    Case("a/**", "a/b/c", true),
    Case("a/**", "a", false), Case("a/**/b", "a/b", true), Case("a/**/b", "a/x/y/b", true),
    Case("a/**/b", "a/x/c", false), Case("**", "a/b", true), Case("/**", "a", true), Case("**/", "a", false),
    Case("**/", "a/b", true), Case("a**b", "axxb", true), Case("a**b", "a/b", false),
    Case("a/**b", "a/x/b", false),
    Case("a/**b", "a/xb", true), Case("**/x/**/y", "p/x/q/r/y", true), Case("**/x/**/y", "p/y/x", false),
    Case("**/a/*", "a/b", true), Case("***/a", "x/a", true), Case("**a", "x/ba", true),
    Case("a/**/**/b", "a/b", true),
    // Brackets.
    Case("[ab].md", "a.md", true), Case("[ab].md", "c.md", false), Case("[a-c].md", "b.md", true),
    Case("[!a].md", "b.md", true), Case("[^a].md", "a.md", false), Case("[]].md", "].md", true),
    Case("[!]a].md", "].md", false), Case("[a-].md", "-.md", true), Case("[-a].md", "-.md", true),
    Case("[c-a].md", "b.md", false), Case("[[:digit:]x].md", "7.md", true),
    Case("[[:upper:]].md", "a.md", false),
    Case("[[:nope:]].md", "n.md", false), Case("[[:alpha:].md", "a.md", false), Case("[a", "[a", false),
    Case("[[]x", "[x", true), Case("[\\]]", "]", true), Case("a[/]b", "a/b", false),
    Case("a[/x]b", "axb", true),
    Case("[a-c-e]", "d", false), Case("[[:]x", ":x", true), Case("[[:]]x", "[]x", true),
    // Escapes.
    Case("\\#a", "#a", true), Case("#a", "#a", false), Case("\\!a", "!a", true), Case("a\\*", "a*", true),
    Case("a\\*", "ab", false), Case("\\a\\b", "ab", true), Case("a\\", "a", false), Case("a\\", "a\\", false),
    Case("a\\?", "a?", true), Case("x\\/a", "x/a", true), Case("x\\/a", "y/x/a", false),
    // Space at the end, carriage returns, marks, blank lines.
    Case("a  ", "a", true), Case("a\\ ", "a ", true), Case("a\\ ", "a", false), Case("a\\  ", "a ", true),
    Case("a b", "a b", true), Case(" a", "a", false), Case(" a", " a", true), Case("a\r\nb\r\n", "a", true),
    Case("\n\n  \na", "a", true), Case("\u{FEFF}a\nb", "a", true), Case("a\t", "a", false),
    // The last rule decides, and a folder that is ignored keeps what is in it.
    Case("*.md\n!a.md", "a.md", false), Case("*.md\n!a.md", "b.md", true), Case("!a.md\n*.md", "a.md", true),
    Case("x/\n!x/a", "x/a", true), Case("x/*\n!x/a", "x/a", false),
    Case("/*\n!/x\n/x/*\n!/x/y", "x/y", false),
    Case("/*\n!/x\n/x/*\n!/x/y", "x/z", true), Case("!", "a", false), Case("*\n!*/", "a/b", true),
    Case("*\n!*/\n!*.md", "a/b.md", false), Case("x\n!x/", "x/", false), Case("x\n!x/", "x", true),
    // Beyond ASCII.
    Case("Größe*", "Größe.md", true), Case("*.é", "a.é", true),
  ]

  /// As Git decides: a path is ignored if it or a folder above it is.
  private func isIgnored(_ path: String, _ rules: IgnoreRules) -> Bool {
    let names = PathComponent.all(path)
    return names.indices.contains { index in
      let isFolder = index < names.count - 1 || path.hasSuffix("/")
      return rules.verdict(Array(names[...index]), isFolder: isFolder) == .ignored
    }
  }

  private func rules(_ content: String) -> IgnoreRules {
    var rules = IgnoreRules()
    rules.add(content, depth: 0)
    return rules
  }

  @Test(arguments: cases) func `a rule ignores what gitignore(5) says`(item: Case) {
    #expect(isIgnored(item.path, rules(item.rules)) == item.isIgnored)
  }

  @Test(.enabled(if: Launch.find("git") != nil)) func `the table is what git check-ignore says`() throws {
    var git = try GitFixture()
    let asked = try Self.cases.map { (item: $0, path: try git.add($0.rules, [$0.path])[0]) }
    let ignored = try git.ignored()
    for (item, path) in asked {
      #expect(ignored.contains(path) == item.isIgnored, "\(item.testDescription)")
    }
  }

  @Test(.enabled(if: Launch.find("git") != nil)) func `random rules agree with git check-ignore`()
    throws
  {
    var random = DocumentFuzzer(seed: 42)
    let parts = ["a", "b", "*", "?", "**", "/", "/", "[ab]", "[!a]", "ab", "!", "\\a"]
    let names = ["a", "b", "ab", "ba", "c"]
    func joined(_ count: ClosedRange<Int>, of words: [String], by separator: String) -> String {
      (0..<Int.random(in: count, using: &random)).map { _ in words.randomElement(using: &random) ?? "" }
        .joined(separator: separator)
    }
    var git = try GitFixture()
    var asked: [(content: String, file: String, path: String)] = []
    for _ in 0..<300 {
      let content = (0..<3).map { _ in joined(1...5, of: parts, by: "") }.joined(separator: "\n")
      let files = Set((0..<15).map { _ in joined(1...4, of: names, by: "/") }).sorted()
      for (file, path) in zip(files, try git.add(content, files)) { asked.append((content, file, path)) }
    }
    let ignored = try git.ignored()
    for (content, file, path) in asked {
      #expect(
        ignored.contains(path) == isIgnored(file, rules(content)), "\(content.debugDescription) on \(file)")
    }
  }

  @Test func `nearer files have the last word, relative to their folder`() {
    var rules = IgnoreRules()
    rules.add("*.md\n/top.txt", depth: 0)
    rules.add("!keep.md\n/top.txt\n", depth: 1)
    func verdict(_ path: String) -> IgnoreRules.Verdict? {
      rules.verdict(PathComponent.all(path), isFolder: false)
    }
    #expect(verdict("x/keep.md") == .included)
    #expect(verdict("x/other.md") == .ignored)
    #expect(verdict("x/top.txt") == .ignored)
    #expect(verdict("x/y/top.txt") == nil)
    #expect(verdict("top.txt") == .ignored)
  }

  @Test func `a pattern of many stars is matched in no time`() throws {
    let pattern = try #require(
      GlobPattern(String(repeating: "*a", count: 40) + "/" + String(repeating: "**/", count: 40) + "b"))
    let path = [String](repeating: String(repeating: "a", count: 120), count: 60).joined(separator: "/")
    #expect(!pattern.matches(PathComponent.all(path)[...]))
  }
}
