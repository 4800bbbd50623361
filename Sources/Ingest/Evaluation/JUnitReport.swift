/// Thresholds as test cases, in the XML that continuous integration reads (the schema of Apache Ant's JUnit task).
struct JUnitReport {
  struct Case {
    var name: String
    /// Nil if it passed.
    var failure: String?
  }

  var suite: String
  var cases: [Case]
  var seconds: Double

  var xml: String {
    let failures = cases.count { $0.failure != nil }
    let counts =
      "tests=\"\(cases.count)\" failures=\"\(failures)\" errors=\"0\" skipped=\"0\" time=\"\(seconds)\""
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n"
    text += "  <testsuite name=\"\(Self.escaped(suite))\" \(counts)>\n"
    for item in cases {
      let head = "    <testcase classname=\"\(Self.escaped(suite))\" name=\"\(Self.escaped(item.name))\""
      if let failure = item.failure {
        text += head + ">\n      <failure message=\"\(Self.escaped(failure))\"/>\n    </testcase>\n"
      } else {
        text += head + "/>\n"
      }
    }
    return text + "  </testsuite>\n</testsuites>\n"
  }

  func write(to path: String) throws {
    try FileWriter.write(xml, to: path)
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}
