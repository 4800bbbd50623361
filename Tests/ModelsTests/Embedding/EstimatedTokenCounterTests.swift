import Testing

@testable import Models

@Suite("Estimated token counter")
struct EstimatedTokenCounterTests {
  let counter = EstimatedTokenCounter(window: 8191)

  /// True counts of OpenAI's `cl100k_base`, made with `tiktoken` 0.14.0.
  @Test(
    "is within a quarter of the true count for whole sentences",
    arguments: [
      ("A humanoid robot is a robot whose shape resembles the human body.", 13),
      ("let delays = try await client.send(request).headers[\"Retry-After\"] ?? \"0\"", 19),
      ("人形机器人是一种外形类似人体的机器人，双足行走需要保持平衡。", 34),
      ("ヒューマノイドロボットは人間の体に似た形をしたロボットである。", 33),
      ("Человекоподобный робот — это робот, форма которого напоминает тело человека.", 34),
      ("휴머노이드 로봇은 사람의 몸과 비슷한 형태를 가진 로봇을 말한다.", 41),
      ("الروبوت البشري هو روبوت له شكل يشبه جسم الإنسان.", 35),
      ("Le robot humanoïde ressemble à un être humain; il marche à deux jambes.", 22),
      ("Es ist ein Roboter, dessen Gestalt der eines Menschen ähnelt und der auf zwei Beinen geht.", 24),
      ("3.14159 2026-11-21 12:30 1,000,000 0x1F", 26),
      ("🤖 😀 🚀 👍", 9),
    ])
  func accuracy(_ text: String, _ tokens: Int) {
    let estimate = Double(counter.count(text))
    #expect(
      estimate >= Double(tokens) * 0.75 && estimate <= Double(tokens) * 1.3, "\(estimate) for \(tokens)")
  }

  @Test("counts add up over text joined by white space of any kind")
  func additive() {
    let texts = ["A word.", "", "x", "人形机器人 2026", "end—of", "🤖👩‍💻", "-- 12ab34 --", "naïve café", "\n \t"]
    for a in texts {
      for b in texts {
        for space in [" ", "\n\n", "\t", "\u{00A0}", "\u{3000}", " \r\n "] {
          #expect(counter.count(a + space + b) == counter.count(a) + counter.count(b))
        }
      }
    }
    #expect(counter.count("  \n") == 0)
    #expect(counter.count("a") == 1)
  }

  @Test("counts parts of strings as strings")
  func substrings() {
    let text = "one two three"
    #expect(counter.count(text.dropFirst(4)) == counter.count("two three"))
  }

  @Test(
    "a prefix never counts more than it may, and cuts between words",
    arguments: [1, 2, 3, 5, 8, 13, 40, 1000])
  func prefixes(_ limit: Int) {
    for text in [
      String(repeating: "word and more, ", count: 30), String(repeating: "人", count: 60),
      String(repeating: "👩‍👩‍👧‍👦", count: 20), String(repeating: "x", count: 900), "", "  ", "short",
      "Supercalifragilisticexpialidocious is long",
    ] {
      let prefix = counter.prefix(of: text, tokens: limit)
      #expect(text.hasPrefix(prefix))
      #expect(counter.count(prefix) <= limit)
      // No character is cut: both parts together have as many as the text.
      #expect(prefix.count + text[prefix.endIndex...].count == text.count)
      if counter.count(text) <= limit { #expect(prefix == text) }
      if prefix.endIndex != text.endIndex, text.hasPrefix("word"), limit > 3 {
        #expect(text[prefix.endIndex].isWhitespace)
      }
    }
  }

  @Test("a prefix of a long text is not much shorter than allowed")
  func prefixIsLong() {
    let text = String(repeating: "all work and no play ", count: 5000)
    let prefix = counter.prefix(of: text, tokens: 8191)
    #expect(counter.count(prefix) > 8100)
  }
}
