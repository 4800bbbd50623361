import Testing

@testable import Retrieval

@Suite struct MailParserTests {
  private func parse(_ lines: [String], name: String = "a.eml", lineEnd: String = "\r\n") throws
    -> ParsedDocument
  {
    try DocumentReader().parse(Array(lines.joined(separator: lineEnd).utf8), name: name)
  }

  @Test(arguments: ["\n", "\r\n"])
  func `a message is its subject, who wrote when, and its text`(lineEnd: String) throws {
    let document = try parse(
      [
        "From: =?iso-8859-1?q?J=F6rg_M?= =?utf-8?B?w7xsbGVy?= <j@example.org>", "To: ann@example.org,",
        "  bob@example.org", "Subject: =?utf-8?Q?Caf=C3=A9?= on Friday", "X-Spam: no",
        "Content-Type: text/plain; charset=\"utf-8\"", "Content-Transfer-Encoding: quoted-printable", "",
        "Let us meet at the caf=C3=A9 at 16:30. Bring the contra=", "ct; 1=1.", "", "J=", "",
      ], lineEnd: lineEnd)
    #expect(document.title == "Café on Friday")
    #expect(
      document.outline == [
        "h1 Café on Friday", "p From: Jörg Müller <j@example.org>\nTo: ann@example.org, bob@example.org",
        "p Let us meet at the café at 16:30. Bring the contract; 1=1.", "p J",
      ])
  }

  private static let mixed = [
    "Subject: Minutes", "Content-Type: multipart/mixed; boundary=\"a b\"", "", "preamble", "--a b",
    "Content-Type: multipart/alternative; boundary=inner", "", "--inner", "Content-Type: text/plain", "",
    "Plain words.",
    "--inner", "Content-Type: text/html", "", "<p>Rich words.</p>", "--inner--", "--a b",
    "Content-Type: application/pdf; name=\"minutes.pdf\"", "Content-Transfer-Encoding: base64", "",
    "JVBERi0=",
    "--a b", "Content-Type: message/rfc822", "", "Subject: The first one", "", "Hello.", "--a b--",
    "epilogue",
  ]

  @Test func `parts are chosen and attachments named`() throws {
    let document = try parse(Self.mixed)
    #expect(document.outline == ["h1 Minutes", "p Plain words.", "h3 The first one", "p Hello."])
    #expect(document.notes == ["1 attachment left out: minutes.pdf"])
  }

  @Test func `HTML alone is read, in its charset and encoding`() throws {
    let document = try parse([
      "Subject: Offer", "Content-Type: text/html; charset=iso-8859-15", "Content-Transfer-Encoding: base64",
      "",
      "PHA+VGhlIHByaWNlIGlzIKQgMTk5LjwvcD4=",
    ])
    #expect(document.outline == ["h1 Offer", "p The price is € 199."])
  }

  @Test func `a mailbox holds many messages`() throws {
    let document = try parse(
      [
        "From ann@x Tue Mar  5 10:00:00 2024", "Subject: One", "", "First text.", "From here on it is prose.",
        "",
        "From bob@x Tue Mar  5 11:00:00 2024", "Subject: Two", "", "Second text.", "",
      ], name: "all.mbox")
    #expect(
      document.outline == [
        "h1 One", "p First text.\nFrom here on it is prose.", "h1 Two", "p Second text.",
      ])
    #expect(document.title == nil)
  }

  @Test(arguments: ["\n", "\r\n"])
  func `lines of a mailbox that were marked for beginning as a message does are as they were`(lineEnd: String)
    throws
  {
    let document = try parse(
      [
        "From ann@x Tue Mar  5 10:00:00 2024", "Subject: One", "", "I know it.", "",
        ">From what I hear, it is so.", "",
        "> Quoted", "", ">>From a quotation", "",
      ], name: "all.mbox", lineEnd: lineEnd)
    #expect(
      document.outline == [
        "h1 One", "p I know it.", "p From what I hear, it is so.", "q > Quoted\n\n>From a quotation",
      ])
    let single = try parse(["Subject: One", "", ">From a letter"])
    #expect(single.outline == ["h1 One", "q >From a letter"])
  }

  @Test func `what is quoted stands apart from the answer, with the line that says whose it is`() throws {
    let document = try parse([
      "Subject: Re: Pump", "", "Hello,", "", "On Mon, 3 Mar 2025, Ann Keller", "<ann@x> wrote:",
      "> It restarts.",
      ">", "> Why?", "That is a bug.", "", "bob wrote:", "", "> > Really?", "> Yes.", "", "Two numbers:",
      "> 3 is fine.", "",
      "Bye",
    ])
    #expect(
      document.outline == [
        "h1 Re: Pump", "p Hello,",
        "q On Mon, 3 Mar 2025, Ann Keller\n<ann@x> wrote:\n> It restarts.\n>\n> Why?",
        "p That is a bug.", "q bob wrote:\n\n> > Really?\n> Yes.", "p Two numbers:", "q > 3 is fine.",
        "p Bye",
      ])
  }

  @Test(arguments: [
    ("=?utf-8?q?a_b?=", "a b"), ("=?utf-8*en?q?a?= c", "a c"), ("=?utf-8?x?a?=", "=?utf-8?x?a?="),
    ("=?utf-8?q?open", "=?utf-8?q?open"), ("1 =? 2", "1 =? 2"), ("=?utf-8?B?***?=", "=?utf-8?B?***?="),
    ("=?no-such?q?a?=", "a"),
  ])
  func `encoded words are decoded where they are sound`(text: String, expected: String) {
    #expect(EncodedWords.decoded(text) == expected)
  }

  @Test func `damage never traps`() {
    var random = DocumentFuzzer(seed: 3)
    let bytes = Array(Self.mixed.joined(separator: "\n").utf8)
    for _ in 0..<300 {
      do { _ = try DocumentReader().parse(random.altered(bytes), name: "a.eml") } catch is DocumentError {
      } catch {
        Issue.record("threw \(error)")
      }
    }
  }

  @Test(.timeLimit(.minutes(1))) func `words that never end are no work`() throws {
    let subject = String(repeating: "=?utf-8?q?a", count: 100_000)
    #expect(try parse(["Subject: \(subject)", "", "Hello."]).outline.last == "p Hello.")
  }

  @Test func `attached documents stand below their message, under their names`() throws {
    let document = try parse([
      "Subject: Seeds", "Content-Type: multipart/mixed; boundary=b", "", "--b", "Content-Type: text/plain",
      "",
      "The list is attached.", "--b", "Content-Type: text/plain",
      "Content-Disposition: attachment; filename=\"beds.md\"",
      "", "# North", "", "- Leek", "  - early", "", "--b", "Content-Type: text/csv; name=\"prices.csv\"",
      "Content-Disposition: attachment", "", "Crop,Price", "Leek,2", "--b",
      "Content-Type: image/png; name=\"a.png\"", "",
      "x", "--b--",
    ])
    #expect(
      document.outline == [
        "h1 Seeds", "p The list is attached.", "h3 beds.md", "h4 North", "li - Leek", "li - early",
        "h3 prices.csv",
        "t Crop | Price\nLeek | 2",
      ])
    #expect(document.text.contains("\n  - early"))
    #expect(document.title == "Seeds")
    #expect(document.notes == ["1 attachment left out: a.png"])
  }

  @Test(arguments: [
    ("filename*0*=utf-8''B%C3%A4ume%20und; filename*1=\" Beete.md\"", "Bäume und Beete.md"),
    ("filename*2=.md; filename*1*=%20und%20Gras; filename*0*=iso-8859-1'de'B%E4ume", "Bäume und Gras.md"),
    ("filename=\"B_ume.md\"; filename*=utf-8''B%C3%A4ume.md", "Bäume.md"),
    ("filename*=''50%25%zz.md", "50%%zz.md"), ("filename*0=north; filename*1=\";1.md\"", "north;1.md"),
    ("filename*1=a.md; filename=b.md", "b.md"),
    ("filename*x=a.md; FileName=\"a \\\"b\\\".md\"", "a \"b\".md"),
  ])
  func `names of attachments may be divided and encoded`(parameter: String, name: String) throws {
    let document = try parse([
      "Subject: Seeds", "Content-Type: multipart/mixed; boundary=b", "", "--b", "Content-Type: text/plain",
      "Content-Disposition: attachment; size=9;", " \(parameter)", "", "- Leek", "--b--",
    ])
    #expect(document.outline == ["h1 Seeds", "h3 \(name)", "li - Leek"])
  }

  @Test func `a boundary may begin like another`() throws {
    let document = try parse([
      "Subject: Two", "Content-Type: multipart/mixed; boundary=\"b\"", "", "--b",
      "Content-Type: multipart/mixed; boundary=\"b-1\"", "", "--b-1", "", "Inner one.", "--b-1 ", "",
      "Inner two.", "--b-1--", "--b  ", "", "Outer.", "--b-- ", "epilogue",
    ])
    #expect(document.outline == ["h1 Two", "p Inner one.", "p Inner two.", "p Outer."])
  }

  @Test func `messages in messages in great numbers are cut off with a note`() throws {
    let document = try parse(
      ["Subject: All"] + (0..<300).map { "Content-Type: message/rfc822\r\n\r\nSubject: \($0)" } + [
        "", "Deep.",
      ])
    #expect(document.notes == ["what is nested in 20 parts of messages left out"])
    #expect(document.outline.first == "h1 All" && document.outline.count == 21)
  }

  @Test func `a whole message below an answer is a section of its own`() throws {
    let document = try parse([
      "Subject: AW: Beete", "", "Ja, gerne.", "", "________________________________",
      "Von: Ann <ann@example.org>",
      "Gesendet: Montag, 2. März 2026 08:15", "An: Bob", "Betreff: Beete", "", "Darf ich umgraben?", "",
      "-----Original Message-----", "From: Bob", "*Sent:* Sunday", "Subject: The spade", "", "It is yours.",
    ])
    #expect(
      document.outline == [
        "h1 AW: Beete", "p Ja, gerne.", "h2 Beete",
        "p Von: Ann <ann@example.org>\nGesendet: Montag, 2. März 2026 08:15\nAn: Bob\nBetreff: Beete",
        "p Darf ich umgraben?", "h2 The spade", "p From: Bob\n*Sent:* Sunday\nSubject: The spade",
        "p It is yours.",
      ])
    #expect(document.title == "AW: Beete")
  }

  @Test func `lines that look like one field are text`() throws {
    let document = try parse(["Subject: Way", "", "From: the gate", "To: the shed", "", "Subject: none"])
    #expect(document.outline == ["h1 Way", "p From: the gate\nTo: the shed", "p Subject: none"])
  }
}
