import Testing

@testable import Retrieval

@Suite struct XMLGuardTests {
  private static func many(_ text: String) -> String { String(repeating: text, count: 200_000) }

  @Test(arguments: [
    "<a>" + many("<!--"), "<a><!--" + many("-- ") + "--></a>", "<a " + many("b=\"\" ") + "/>",
    "<a b=\"" + many("<!--"), "<a>" + many("<a b='<!--") + "</a>",
    "<!DOCTYPE a [" + many("<!ENTITY b 'c'>") + "]><a/>",
    "<a><![CDATA[ ]]>" + many("<!--"), "<a><?b <!-- ?>" + many("<!--"),
  ])
  func `what would take hours is refused at once`(text: String) {
    for recovers in [false, true] {
      let error = DocumentError.thrown {
        _ = try XMLTree(Array(text.utf8), part: "p.xml", recovers: recovers)
      }
      #expect(error?.code == .damaged && error?.description.contains("'p.xml'") == true)
    }
  }

  @Test func `large parts that programs write are read`() throws {
    let text =
      "<?xml version=\"1.0\"?><!DOCTYPE a><!-- one - two --><a>"
      + Self.many("<b c=\"1\" d='a > b = c -- d'>-- text = text --</b><!-- x --><![CDATA[<!-- = ]]>") + "</a>"
    let root = try XMLTree(Array(text.utf8), part: "p.xml").root
    #expect(root?.all("b").count == 200_000)
  }
}
