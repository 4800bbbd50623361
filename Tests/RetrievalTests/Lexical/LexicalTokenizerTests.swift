import TestSupport
import Testing

@testable import Retrieval

@Suite struct LexicalTokenizerTests {
  @Test(arguments: [
    ("", []),
    (" \n\t?!… — ", []),
    ("Hello, World", ["hello", "world"]),
    ("MHD_start_daemon", ["mhd", "start", "daemon", "mhd_start_daemon"]),
    ("__init__", ["init"]),
    ("--no-serve", ["no", "serve", "no-serve"]),
    ("camelCaseName", ["camelcasename", "camel", "case", "name"]),
    ("HTTPServer", ["httpserver", "http", "server"]),
    ("PDFs and URLs", ["pdfs", "and", "urls"]),
    ("iPhone", ["iphone", "phone"]),
    ("v1.2.3", ["v1", "2", "3", "v1.2.3"]),
    ("std::vector<int>", ["std", "vector", "std::vector", "int"]),
    ("C++ and C# or c", ["c", "c++", "and", "c", "c#", "or", "c"]),
    ("a+b", ["a", "b"]),
    ("1,000 and 3.14", ["1", "000", "1000", "and", "3", "14", "3.14"]),
    ("me@example.com", ["me", "example", "com", "me@example.com"]),
    ("the robot's arm, don’t", ["the", "robot", "arm", "don"]),
    ("l'avion", ["l", "avion"]),
    ("café CAFÉ cafe\u{301}", ["cafe", "cafe", "cafe"]),
    ("Straße STRASSE", ["strasse", "strasse"]),
    ("naïve Ångström Łódź", ["naive", "angstrom", "lodz"]),
    ("ﬁnal eﬀect", ["final", "effect"]),
    (
      "Æther æther ǼǽǢ Œuvre œuvre ĲSSEL ẞ",
      ["aether", "aether", "aeaeae", "oeuvre", "oeuvre", "ijssel", "ss"]
    ),
    ("ＦＵＬＬ １２", ["full", "12"]),
    ("CO₂ x²", ["co2", "x2"]),
    ("Ἀθῆναι ΑΘΗΝΑΙ ὁδός", ["αθηναι", "αθηναι", "οδοσ"]),
    ("Ёлка ёлка Й", ["елка", "елка", "и"]),
    ("שָׁלוֹם", ["שלום"]),
    ("مُحَمَّد", ["محمد"]),
    ("हिन्दी में", ["हिन्दी", "में"]),
    ("机器人", ["机", "机器", "器", "器人", "人"]),
    ("猫", ["猫"]),
    ("GPUを使う", ["gpu", "を", "を使", "使", "使う", "う"]),
    ("로봇은", ["로", "로봇", "봇", "봇은", "은"]),
    ("co\u{AD}operate", ["cooperate"]),
    ("🤖robot🤖", ["robot"]),
    ("a\u{0}b", ["a", "b"]),
  ])
  func textIsCutIntoTerms(text: String, terms: [String]) {
    #expect(LexicalTokenizer(stemming: .none).terms(of: text) == terms)
  }

  @Test(arguments: [
    ("running runs ran", ["run", "run", "ran"]),
    ("vectors of Vectors", ["vector", "of", "vector"]),
    ("walkingRobots", ["walkingrobot", "walk", "robot"]),
    ("walking-robots", ["walk", "robot", "walking-robots"]),
    ("int8s straßen", ["int8s", "strassen"]),
  ])
  func englishWordsAreStemmed(text: String, terms: [String]) {
    #expect(LexicalTokenizer(stemming: .english).terms(of: text) == terms)
  }

  @Test(arguments: [
    ("MHD_start_daemon", "call MHD_start_daemon() first"),
    ("mhd_START_daemon", "call MHD_start_daemon() first"),
    ("--no-serve", "run with `--no-serve`."), ("no-serve", "the flag --no-serve"),
    ("camelCaseName", "let camelCaseName = 1"), ("camelcasename", "let camelCaseName = 1"),
    ("v1.2.3", "since v1.2.3, not before"), ("std::vector", "a std::vector<int>"), ("C++", "written in C++."),
    ("name", "camelCaseName"), ("daemon", "MHD_start_daemon"), ("vector", "std::vector"), ("機械", "学習機械"),
  ])
  func aNameIsFoundWholeAndInItsParts(question: String, text: String) throws {
    let tokenizer = LexicalTokenizer()
    let terms = Set(tokenizer.terms(of: text))
    let asked = LexicalQuery(question).terms
    #expect(!asked.isEmpty && asked.allSatisfy(terms.contains), "\(asked) in \(terms)")
  }

  @Test func longTermsAreCutAtACodePoint() {
    let tokenizer = LexicalTokenizer()
    for letter in ["x", "é", "я", "अ", "𐐨"] {
      let long = String(repeating: letter, count: 5_000)
      let terms = tokenizer.terms(of: long)
      #expect(terms.count == 1 && terms[0].utf8.count <= 64 && !terms[0].contains("\u{FFFD}"))
      #expect(tokenizer.terms(of: long) == LexicalQuery(long).terms)
    }
    #expect(tokenizer.terms(of: String(repeating: "a_", count: 2_500)).count == 2_500)
    #expect(tokenizer.terms(of: String(repeating: "aB", count: 2_500)).count == 1)
    #expect(!tokenizer.terms(of: "น" + String(repeating: "\u{E34}", count: 5_000)).isEmpty)
    #expect(tokenizer.terms(of: String(repeating: "\u{301}", count: 5_000)).isEmpty)
  }

  @Test func noTextTrapsAndTermsAreWellFormed() {
    var random = SeededGenerator(7)
    let scalars: [Unicode.Scalar] = Array(
      "aZ0_-.:@,'’+#\"“” \u{0}éßﬁİ\u{301}\u{200D}机ก\u{E34}한🤖".unicodeScalars)
    for _ in 0..<500 {
      var text = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0...40, using: &random) {
        if let known = scalars.randomElement(using: &random), Bool.random(using: &random) {
          text.append(known)
        } else if let any = Unicode.Scalar(UInt32.random(in: 0...0x10FFFF, using: &random)) {
          text.append(any)
        }
      }
      for term in LexicalTokenizer().terms(of: String(text)) {
        #expect(!term.isEmpty && term.utf8.count <= 64)
      }
      _ = LexicalQuery(String(text))
    }
  }

  @Test(arguments: [
    ("what is the knee", ["knee"]),
    ("what is this", ["what", "is", "this"]),
    ("Who?", ["who"]),
    ("knee knees KNEE", ["knee"]),
    ("机器人", ["机器", "器人"]),
    ("猫", ["猫"]),
  ])
  func aQuestionKeepsItsOwnWords(question: String, terms: [String]) {
    #expect(LexicalQuery(question).terms == terms)
  }

  @Test(arguments: [
    ("\"knee joint\" of a robot", [["knee", "joint"]]),
    ("“knee joint” and «the elbow»", [["knee", "joint"], ["the", "elbow"]]),
    ("\"knee", []), ("\"\"", []), ("\"knee\"", []), ("\"“knee joint”\"", [["knee", "joint"]]),
    ("a \" b", []), ("「機械学習」", [["機", "械", "学", "習"]]),
  ])
  func quotesMarkPhrases(question: String, phrases: [[String]]) {
    #expect(LexicalQuery(question).phrases == phrases)
  }

  @Test(arguments: ["İ", "ж", "ß"])
  func aWordWithoutAnEndTakesTimeByItsLengthAndNotByItsSquare(letter: String) {
    let growth = Growth.ofEightTimes(20_000) { count in
      let terms = LexicalTokenizer().terms(of: String(repeating: letter, count: count))
      #expect(terms.count == 1 && terms.first?.utf8.count == LexicalTokenizer.limit)
    }
    #expect(growth < 24)
  }
}
