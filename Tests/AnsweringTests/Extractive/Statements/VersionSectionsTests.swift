import TestSupport
import Testing

@testable import Answering
@testable import Retrieval

/// What is said of one version and not of another.
@Suite struct VersionSectionsTests {
  @Test(arguments: [
    ("bash (5.2.15-2) unstable; urgency=medium", ["5.2.15-2"]), ("v3.0.0-rc.1", ["3.0.0-rc.1"]),
    ("OpenSSL 1.1.1k, 2.36-9+deb12u3.", ["1.1.1k", "2.36-9+deb12u3"]), ("bash-5.2~RC2-1", ["5.2~rc2-1"]),
    ("From 3.2.2-3.2.7 on", ["3.2.2", "3.2.7"]), ("R2000, 15 and 1.", []),
    ("3.1.x of V2.0?", ["3.1", "2.0"]),
    ("1:2.39.5-0", ["2.39.5-0"]), ("bash-5.2.15.tar.gz", ["5.2.15"]),
  ])
  func `a version is read with its revision`(text: String, versions: [String]) {
    #expect(VersionName.all(in: text).map { $0.text } == versions)
  }

  @Test(arguments: [
    ("5.2.15-2", "5.2.15-2", true), ("5.2.15", "5.2.15-2", true), ("5.2.15-2", "5.2.15-1", false),
    ("5.2.15-2", "5.2.15", false), ("5.2", "5.2~rc1-1", false), ("3.0.0", "3.0.0-rc.1", false),
    ("2.36-9", "2.36-9+deb12u3", true), ("2.36-9", "2.36-90", false), ("5.2", "5.2.15-1", false),
    ("1.1.1k", "1.1.1j", false), ("3.0.0", "3.0.0+build.7", true),
  ])
  func `a version holds its revisions`(asked: String, held: String, isSame: Bool) throws {
    let names = VersionName.all(in: "\(asked) \(held)")
    #expect(names[0].holds(names[1]) == isSame)
    #expect(names[0].isBegun(by: names[1]) == (isSame || asked == "5.2" && held == "5.2.15-1"))
  }

  private func answer(_ question: String) async throws -> Answer {
    let log = [
      ("bash (5.2.15-2) unstable; urgency=medium", "* Remove one more pdf file without source."),
      ("bash (5.2.15-1) unstable; urgency=medium", "* New patch release.\n* Patched: the new build."),
      ("bash (5.2-1) unstable; urgency=medium", "* New upstream release, after 5.1.16-2."),
    ]
    let passages = log.enumerated().map { Passage.note($1.1, chunk: $0, headings: [$1.0], near: 0.9) }
    return try await ExtractiveAnswerer(model: HashingEmbeddingModel(dimensions: 512)).answer(
      question, from: passages)
  }

  @Test(arguments: [
    ("What changed in 5.2.15-2?", "Remove one more pdf", ["5.2.15-2"]),
    ("What is new in bash 5.2.15-1?", "New patch release", ["5.2.15-1"]),
    ("What is new in bash 5.2.15?", "", ["5.2.15-2", "5.2.15-1"]),
    ("What changed in 5.2?", "New upstream", ["5.2-1"]),
    ("What is new in version 5.2-1?", "New upstream", ["5.2-1"]),
    ("What changed in bash 5.2-1?", "New upstream", ["5.2-1"]),
    // It is named in another section.
    ("What changed in 5.1.16-2?", "New upstream release, after 5.1.16-2.", ["5.2-1"]),
  ])
  func `only what stands under the version answers`(question: String, text: String, versions: [String])
    async throws
  {
    let answer = try await answer(question)
    #expect(answer.answered && (text.isEmpty || answer.answer.contains(text)), "\(answer.answer)")
    for citation in answer.citations {
      #expect(versions.contains { citation.headingPath[0].contains("(\($0))") }, "\(answer.answer)")
    }
  }

  @Test(arguments: [
    "What is new in 5.2.15-9?", "What changed in version 5.3?", "When was 5.2~rc1-1 released?",
  ])
  func `another version is refused`(question: String) async throws {
    let answer = try await answer(question)
    #expect(!answer.answered, "\(answer.answer)")
  }

  @Test(arguments: ["What is patched since 5.2-1?", "Is it patched?", "How many take 1.5 litres?"])
  func `what asks beyond one version is looked for everywhere`(question: String) {
    let passage = Passage.note("It is patched.", headings: ["bash (5.2.15-1) unstable; urgency=medium"])
    let ranked = ReadPassage(passage).statements.map {
      RankedStatement(read: $0, features: StatementFeatures(), score: 1)
    }
    let sections = VersionSections(question, VersionName.all(in: question))
    #expect(sections.own(ranked, in: [passage]).map(\.statement.text) == ["It is patched."])
    #expect(sections.query == nil)
  }

  @Test func `a version's section is found though twenty others come nearer`() async throws {
    let log = (1...40).map { "## [3.\($0).0]\n\n- New pumps changed what version \($0) changed." }
    let text = "# Pumps\n\n" + (["## [2.0.0-7]\n\n- Valves."] + log).joined(separator: "\n\n")
    try await withSearcher(over: ["log.md": text]) { searcher in
      let question = "What changed in pumps version 2.0.0-7?"
      let near = try await searcher.search(SearchQuery("pumps changed version", limit: 8)).passages
      #expect(!near.contains { $0.text.contains("Valves") })
      let answer = try await Answerer(searcher: searcher).answer(question)
      #expect(answer.answer == "Valves. [1]")
      let other = try await Answerer(searcher: searcher).answer("What changed in version 2.0.0-8?")
      #expect(!other.answered, "\(other.answer)")
    }
  }
}
