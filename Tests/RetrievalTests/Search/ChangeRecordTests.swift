import Testing

@testable import Retrieval

/// Which passages only say what changed, and which questions ask for that.
@Suite struct ChangeRecordTests {
  @Test(arguments: [
    "What changed in 3.2?", "What is new?", "Which version added streaming?", "Since when is JSON supported?",
    "Was the old flag removed?", "Is #4711 fixed?", "Is it open to CVE-2024-3094?", "Is 1.2.3 out?",
    "How do I turn it off since 2.0?", "How did the format change?", "Is the bug of the old lamp fixed?",
    "Should I read the release notes?",
  ])
  func `a question asks for changes`(question: String) {
    #expect(ChangeRecord(question).isAsked)
  }

  @Test(arguments: [
    "How do I redirect HTTP to HTTPS?", "What is a stick table?", "How do I renew it?", "What does add do?",
    "Is 3 enough?", "How do I sign in?", "How do I change the color?", "my lamp is dark, how can i fix it",
    "How to make a new key?", "Should I use pull or fetch to change branches?", "Can we still undo it?",
  ])
  func `a question asks for something else`(question: String) {
    #expect(!ChangeRecord(question).isAsked)
  }

  private func passage(_ document: String, title: String? = nil, headings: [String] = []) -> Passage {
    Passage(
      chunk: 1, documentID: 1, document: document, source: "/" + document, collection: "default",
      title: title,
      headingPath: headings, start: 0, end: 5, text: "words", ordinal: 0, score: 1)
  }

  @Test func `records are told by names, titles and headings`() {
    let records = [
      passage("docs/CHANGELOG.md"), passage("changelog.Debian.gz"), passage("NEWS"), passage("HISTORY.rst"),
      passage("release-notes-2.html"), passage("html/changes.html"), passage("whatsnew-3.11.html"),
      passage("a.html", title: "Changes \u{2014} Flask Documentation (2.2.x)"),
      passage("a.html", title: "What\u{2019}s New In Python 3.11"),
      passage("README.md", headings: ["Tool", "Changelog"]),
      passage("README.md", headings: ["Tool", "Version 2.1.0 (2024-05-01)", "Fixes"]),
    ]
    for record in records { #expect(ChangeRecord.holds(record), "\(record.document) \(record.headingPath)") }
    let others = [
      passage("docs/history.md", title: "History of the town"),
      passage("news/today.html", title: "News of the day"),
      passage("climate.md", headings: ["Climate", "Changes of the weather"]), passage("exchanges.md"),
      passage(
        "manual.html", title: "HAProxy version 2.6.12 - Configuration Manual", headings: ["4.2. Keywords"]),
      passage("tool.md", title: "Tool v2.1.0", headings: ["Tool v2.1.0", "Install"]),
    ]
    for other in others { #expect(!ChangeRecord.holds(other), "\(other.document) \(other.headingPath)") }
  }

  /// Chunks with scores that fall by a tenth; `records` are those of records.
  private func ranking(_ count: Int, records: Set<Int>) -> Ranking {
    let candidates = (0..<count).map { chunk in
      var candidate = Fusion.Candidate(chunk: chunk, dense: 0.5)
      candidate.fused = 1 - Double(chunk) / 10
      return candidate
    }
    @Sendable func weight(_ passage: Passage) -> Double { records.contains(passage.chunk) ? 0.65 : 1 }
    return Ranking(candidates: candidates, mode: .hybrid, weight: weight) { chunks in
      chunks.map { chunk in
        Passage(
          chunk: chunk, documentID: 1, document: "d", source: "/d", collection: "default", headingPath: [],
          start: 0, end: 1, text: "\(chunk)", ordinal: chunk, score: 0)
      }
    }
  }

  @Test func `what weighs less comes where its score belongs, read or not`() async throws {
    var ranking = ranking(6, records: [0, 2])
    // 0.65 and 0.52 in place of 1 and 0.8.
    #expect(try await ranking.next(2).map(\.chunk) == [1, 3])
    ranking.factor = 0.5
    let next = try await ranking.next(3)
    #expect(next.map(\.chunk) == [0, 4, 2])
    #expect(zip(next.map(\.score), [0.325, 0.3, 0.26]).allSatisfy { abs($0 - $1) < 1e-9 })
    ranking.putBack(Array(next.prefix(1)))
    #expect(try await ranking.next(5).map(\.chunk) == [0])
    #expect(try await ranking.next(5).map(\.chunk) == [5])
    #expect(try await ranking.next(5).isEmpty)
  }
}
