import Testing

@testable import Answering
@testable import Retrieval

/// What of a sentence can be looked up in texts in other languages.
@Suite struct SharedFactsTests {
  @Test(arguments: [
    ("17", [["17"]]), ("2,5", [["2.5"]]), ("2.5", [["2.5"]]), ("0,0007", [["0.0007"]]),
    ("17.000", [["17000"], ["17"]]), ("17,000", [["17000"], ["17"]]),
    ("524 288", [["524288"], ["524", "288"]]), ("524\u{202F}288", [["524288"], ["524", "288"]]),
    ("1.234,5", [["1234.5"]]), ("1,234.50", [["1234.5"]]), ("1.234.567", [["1234567"]]),
    ("5.6.2015", [["5", "6", "2015"]]), ("1,2,3", [["1", "2", "3"]]),
  ])
  func `a number means what any language may mean by it`(text: String, readings: [[String]]) {
    #expect(Numeral.numerals(in: "Es sind \(text).").map(\.readings) == [readings])
  }

  @Test func `years, lists and ranges are numbers of their own`() {
    #expect(
      Numeral.numerals(in: "In 2021 300 robots, 5, 6 or 7-9.").map(\.readings)
        == ["2021", "300", "5", "6", "7", "9"].map { [[$0]] })
    #expect(Numeral.numerals(in: "none") == [])
  }

  @Test(
    arguments: [
      (.german, "vier Wochen und siebenundzwanzig Tage, fünfzig Cent", ["4", "27", "50"]),
      (.english, "twenty-seven bones of five", ["27", "5"]),
      (.spanish, "treinta y siete, cuatro", ["37", "4"]),
      (.french, "vingt-deux ou trente", ["22", "30"]), (.russian, "двадцать семь шагов", ["27"]),
      (.dutch, "zevenentwintig", ["27"]), (.german, "ein Roboter mit zwei Beinen, tausend Mal", []),
      (.polish, "dwa trzy", []),
    ] as [(FunctionWords.Language, String, Set<String>)])
  func `numbers that are spelt out are known`(
    language: FunctionWords.Language, text: String, numbers: Set<String>
  ) {
    #expect(NumberWords.numbers(in: text, language) == numbers)
    #expect(NumberWords.numbers(in: text).isSuperset(of: numbers))
  }

  private func text(_ text: String) -> SharedText {
    SharedText(text, stems: StemSet(Words.of(text).map(Words.stem)))
  }

  @Test(arguments: [
    ("Er hat 27 Knochen und vier Finger.", 0.0), ("Er hat 28 Knochen und vier Finger.", 0.5),
    ("Er wiegt 17.000 Gramm, also 2,5 Pfund.", 0), ("Er wiegt 18.000 Gramm.", 1), ("Er hat Knochen.", 0),
    ("Der P2 hat 27 Knochen.", 0),
  ])
  func `a number is looked up as it is written in the other language`(sentence: String, missing: Double) {
    let source = text("It has twenty-seven bones, four fingers, 17,000 grams and 2.5 pounds.")
    #expect(SharedFacts(sentence, language: .german).missingNumbers(in: [source]) == missing)
  }

  @Test(arguments: [
    ("Der P2 und die `zmp_walk` von ROS-2-Knoten.", 0.0), ("Die RT-2s und DRC-HUBO laufen.", 0),
    ("Setzen Sie `ROS_DOMAIN`.", 1), ("Der P3 läuft.", 1), ("Das kann GPT-4.", 1), ("Das kann OpenAI.", 1),
    ("Der Stromverbrauch beträgt wenige kWh, die EU weiß es.", 0),
    // Capitals make no name of a German noun, unless a source has it for one.
    ("Die Hand und der Arm von Honda.", 0), ("Die Hand und der Arm von Toyota.", 1),
    ("Die Hand und der Arm von Unbekannt.", 0), ("Tippen Sie `ros2 topic hz <name>`.", 0),
  ])
  func `names are looked up where they are written alike`(sentence: String, missing: Double) {
    let source = text(
      "Honda's P2 walks with zmp_walk on ROS 2, like RT-2 and DRC HUBO: ros2 topic list, ros2 topic hz.")
    let facts = SharedFacts(sentence, language: .german)
    #expect(facts.missingNames(in: [source], known: ["honda", "toyota"]) == missing)
  }
}
