import TestSupport
import Testing

@testable import Commands

@Suite struct DotEnvTests {
  private func values(_ text: String) -> [String: String] {
    DotEnvFile(bytes: Array(text.utf8)).entries.mapValues(\.value)
  }

  private func mistakes(_ text: String) -> [String] {
    DotEnvFile(bytes: Array(text.utf8)).mistakes.map { "\($0.line): \($0.reason)" }
  }

  @Test(arguments: [
    ("A=b", "b"), ("A=b\n", "b"), ("A = b", "b"), ("  A=b  ", "b"), ("export A=b", "b"), ("export\tA=b", "b"),
    ("A=", ""), ("A=b c", "b c"), ("A=b # c", "b"), ("A=b#c", "b#c"), ("A=#1", "#1"), ("A= # c", ""),
    ("A='b # c'", "b # c"), ("A='b' # c", "b"), (#"A="b\nc""#, "b\nc"), (#"A='b\nc'"#, #"b\nc"#),
    (#"A='it\'s'"#, "it's"), (#"A="say \"hi\"""#, #"say "hi""#), (#"A="a\\b""#, #"a\b"#),
    (#"A="\$HOME""#, "$HOME"),
    (#"A="\q""#, #"\q"#), ("A=$HOME", "$HOME"), ("A=$(id)", "$(id)"), ("A=`id`", "`id`"),
    ("A=\"b\nc\"", "b\nc"),
    ("A='b\nc'\n", "b\nc"), ("A=b\r\n", "b"), ("A=\"b\"\r\n", "b"), ("\u{FEFF}A=b", "b"),
    ("# x\n\n  # y\nA=b", "b"),
    ("A=a=b", "a=b"), ("A=grün 漢", "grün 漢"), ("A=it's", "it's"), ("A=\"\"", ""), ("A=b\nA=c", "c"),
    ("A=postgres://u:p@h/d?x=1&y=2", "postgres://u:p@h/d?x=1&y=2"),
  ])
  func `a value is read`(text: String, expected: String) {
    #expect(values(text)["A"] == expected)
  }

  @Test func `every line of a file counts`() {
    let text = "A=1\nexport B='2'\n# C=3\nD.E=4\n_F=5\nexport=6\n"
    #expect(values(text) == ["A": "1", "B": "2", "D.E": "4", "_F": "5", "export": "6"])
    #expect(mistakes(text).isEmpty)
  }

  @Test(arguments: [
    ("A=1\nnonsense\nB=2", "2: there is no '=' after the name"),
    ("A=1\n=2\nB=2", "2: it does not begin with a name"),
    ("A=1\n1A=2\nB=2", "2: a name begins with a letter or an underscore"),
    ("A=1\nX-Y=2\nB=2", "2: there is no '=' after the name"),
    ("A=1\nX=\"y\nB=2", "2: the quotation mark is never closed"),
    ("A=1\nX='y' z\nB=2", "2: something follows the closing quotation mark"),
    ("A=1\nX=\"y\nz\"w\nB=2", "2: something follows the closing quotation mark"),
    ("A=1\n\nX=\"a\nb\"\nA=1\nB=2", "5: A was set on line 1 already; this one counts"),
    ("A=1\nX=\0\nB=2", "2: the value is not UTF-8 text"),
  ])
  func `a line that is not understood is told by its number, and the others count`(
    text: String, mistake: String
  ) {
    #expect(mistakes(text).first == mistake)
    #expect(values(text)["A"] == "1")
    #expect(values(text)["B"] == "2")
  }

  @Test func `bytes that are no text are told`() {
    let file = DotEnvFile(bytes: [0x41, 0x3D, 0xFF, 0x0A, 0x42, 0x3D, 0x31])
    #expect(file.mistakes == [DotEnvFile.Mistake(line: 1, reason: "the value is not UTF-8 text")])
    #expect(file.entries["B"]?.value == "1")
  }

  @Test func `no file of random bytes stops the reader`() {
    var generator = SeededGenerator(7)
    let alphabet = Array("A=\"'\\ \n#\rexport$\0\u{7F}".utf8) + [0xC3, 0xFF]
    for _ in 0..<2000 {
      let bytes = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
        alphabet.randomElement(using: &generator) ?? 0
      }
      let lines = bytes.count { $0 == 0x0A } + 1
      #expect(DotEnvFile(bytes: bytes).mistakes.allSatisfy { (1...lines).contains($0.line) })
    }
  }
}
