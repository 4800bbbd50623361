import Testing

@testable import Ingest

@Suite struct RequirementTests {
  @Test(arguments: [
    ("hybrid.ndcg@10=0.7", 0.7, true), ("hybrid.ndcg@10=0.7", 0.69, false),
    ("answers.refused_answerable<=0.05", 0.05, true), ("answers.refused_answerable<=0.05", 0.06, false),
  ])
  func aMeasureIsHeldAgainstItsThreshold(text: String, measured: Double, passes: Bool) throws {
    let requirement = try #require(Requirement(text))
    #expect((requirement.failure(measured) == nil) == passes)
    #expect(requirement.description == text)
    #expect(requirement.failure(nil) == "'\(requirement.measure)' was not measured.")
  }

  @Test func aLowestValueMayBeWrittenWithAGreaterSign() {
    #expect(Requirement("a.b>=0.2") == Requirement("a.b=0.2"))
  }

  @Test(arguments: ["", "hybrid", "=0.7", "hybrid.ndcg@10=much", "hybrid.ndcg@10=nan", "<=1"])
  func whatIsNoThresholdIsRefused(text: String) {
    #expect(Requirement(text) == nil)
  }

  @Test func aReportIsWellFormedWhateverTheNames() {
    let report = JUnitReport(
      suite: "eval.<a&b>",
      cases: [.init(name: "x=1"), .init(name: "y=2", failure: "'y' is \"1\", below 2.")], seconds: 1.5)
    #expect(
      report.xml == """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites>
          <testsuite name="eval.&lt;a&amp;b&gt;" tests="2" failures="1" errors="0" skipped="0" time="1.5">
            <testcase classname="eval.&lt;a&amp;b&gt;" name="x=1"/>
            <testcase classname="eval.&lt;a&amp;b&gt;" name="y=2">
              <failure message="'y' is &quot;1&quot;, below 2."/>
            </testcase>
          </testsuite>
        </testsuites>

        """)
  }
}
