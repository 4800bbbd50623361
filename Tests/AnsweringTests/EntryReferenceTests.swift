import TestSupport
import Testing

@testable import Answering
@testable import Retrieval

/// Functions and settings that a question calls by their names in code, and the entries that define them.
@Suite struct EntryReferenceTests {
  @Test(arguments: [
    ("url_for", "url_for"), ("`max-cache-size`?", "max-cache-size"), ("jsonify()?", "jsonify"),
    ("flask.Response", "flask.Response"), ("std::move", "std::move"), ("toString", "toString"),
    ("(work_mem),", "work_mem"),
  ])
  func `a word is a name in code`(word: String, name: String) {
    #expect(CodeName(word)?.text == name)
  }

  @Test(arguments: ["robot", "Flask", "JSON", "don't", "2.5", "-", "a/b"])
  func `other words are none`(word: String) {
    #expect(CodeName(word) == nil)
  }

  @Test(arguments: [
    ("flask.url_for(endpoint, *, _anchor=None, **values)", "flask.url_for"),
    ("class Context(command)", "Context"),
    ("async def run(self) -> None", "run"), ("Stream.read(n) \u{2192} bytes", "Stream.read"),
  ])
  func `a line is a signature`(line: String, name: String) {
    #expect(SignatureLine.name(of: Array(line.utf8)[...]) == name)
  }

  @Test(arguments: ["Call it (or not) now", "send_mail(", "url_for() makes addresses.", "(a, b)", "if (x) y"])
  func `other lines are none of their kind`(line: String) {
    #expect(SignatureLine.name(of: Array(line.utf8)[...]) == nil)
  }

  private static let reference = """
    <html><head><title>Interface</title></head><body><main><h1>Interface</h1><h2>Functions</h2>
    <dl><dt>shop.price_for(article, *, currency=None, day=None, customer=None, discount=None, rounding=None,
    taxes=True, shipping=False)</dt><dd><p>Works out what an article costs.</p><p>Needs an open shop.</p></dd>
    <dt>shop.total_with(articles)</dt><dd><p>Adds the articles of a cart up.</p></dd></dl></main></body></html>
    """
  private static var documents: [String: String] {
    var documents = ["api.html": reference]
    // All of them name it, and none says what it does.
    for number in 1...12 {
      documents["guide\(number).md"] = """
        # Guide \(number)

        Part \(number) of the shop calls price_for and total_with in its templates. If price_for took day \(number),
        the shop would link price_for to the calendar. What price_for gives is shown in the cart.
        """
    }
    return documents
  }

  @Test(arguments: [
    ("What does price_for do?", "Works out what an article costs."),
    ("What is shop.price_for?", "Works out what an article costs."),
  ])
  func `the entry answers, whoever else names it`(question: String, text: String) async throws {
    let answer = try await Answerer.answer(question, over: Self.documents)
    #expect(answer.answer.contains(text), "\(answer.answer)")
    #expect(answer.citations.first?.document.hasSuffix("api.html") == true, "\(answer.answer)")
  }
}
