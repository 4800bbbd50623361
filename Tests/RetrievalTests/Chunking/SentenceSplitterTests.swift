import Retrieval
import Testing

@Suite struct SentenceSplitterTests {
  @Test(arguments: [
    ("One. Two! Three?", ["One.", "Two!", "Three?"]),
    ("It weighs 3.5 kg. Next.", ["It weighs 3.5 kg.", "Next."]),
    ("See Fig. 3 and Dr. Smith, e.g. Page 4. Done.", ["See Fig. 3 and Dr. Smith, e.g. Page 4.", "Done."]),
    ("J. R. Tolkien wrote it. So I did. Then", ["J. R. Tolkien wrote it.", "So I did.", "Then"]),
    ("He said \"Stop!\" Then left.", ["He said \"Stop!\"", "Then left."]),
    ("Wait... what? yes", ["Wait... what? yes"]),
    ("Visit example.com. Or v1.2.3 of it.", ["Visit example.com.", "Or v1.2.3 of it."]),
    ("日本語です。次の文。", ["日本語です。", "次の文。"]),
    ("2. Install it. Run it.", ["2. Install it.", "Run it."]),
    (
      "See the manual (“23.6. Tablespaces” and “2. Names”). It says how.",
      ["See the manual (“23.6. Tablespaces” and “2. Names”).", "It says how."]
    ),
    (
      "Read \"23.6. Tablespaces\" or (4.1. Names). Then go.",
      ["Read \"23.6. Tablespaces\" or (4.1. Names).", "Then go."]
    ),
    ("23.6. Tablespaces hold files. More follows.", ["23.6. Tablespaces hold files.", "More follows."]),
    (
      "It lasts 3.5. Then it ends (v1.2. Others follow).",
      ["It lasts 3.5.", "Then it ends (v1.2.", "Others follow)."]
    ),
    ("He lived until “1984. Then” came.", ["He lived until “1984.", "Then” came."]),
    ("No. That is no. 5 of them.", ["No.", "That is no. 5 of them."]),
    ("Éric came. Été follows. ça va.", ["Éric came.", "Été follows. ça va."]),
    ("  \n ", []),
    ("no end", ["no end"]),
    ("They shared . . . what there was. So it went.", ["They shared . . . what there was.", "So it went."]),
    (
      "It ended . . . Nobody knew. . . . But it did.",
      ["It ended . . .", "Nobody knew. . . .", "But it did."]
    ),
    ("Open a file. .vimrc is one.", ["Open a file.", ".vimrc is one."]),
    (
      "\"We won.\" [Free Women, p. 100] Then came peace.",
      ["\"We won.\" [Free Women, p. 100]", "Then came peace."]
    ),
    (
      "\"No.\" [\"A and B\", Review, no. 18]. It was so. [Op. Cit., pp. 4-5]",
      ["\"No.\" [\"A and B\", Review, no. 18].", "It was so. [Op. Cit., pp. 4-5]"]
    ),
    ("\"It went.\" [Smith 2020] and so on. Yes.", ["\"It went.\" [Smith 2020] and so on.", "Yes."]),
    ("See it. [1] Notes follow. [Optional] More.", ["See it.", "[1] Notes follow.", "[Optional] More."]),
    ("Am 7. Mai um 14 Uhr. Danach nicht.", ["Am 7. Mai um 14 Uhr.", "Danach nicht."]),
    ("Ab dem 3. Tag mit Attest. Bis 5. Juni.", ["Ab dem 3. Tag mit Attest.", "Bis 5. Juni."]),
    ("Den 24. Desember er stengt. Kom igjen.", ["Den 24. Desember er stengt.", "Kom igjen."]),
    ("I am 12. The next is 13. Then 14.", ["I am 12.", "The next is 13.", "Then 14."]),
    ("Es sind 15. Mehr nicht.", ["Es sind 15.", "Mehr nicht."]),
    ("lift was found . the rest agrees .", ["lift was found .", "the rest agrees ."]),
    ("3 tests were made . the rest agrees .", ["3 tests were made .", "the rest agrees ."]),
    ("Lift was found . The rest agrees .", ["Lift was found .", "The rest agrees ."]),
    (
      "That makes git add . of no use. Put ! before it.",
      ["That makes git add . of no use.", "Put ! before it."]
    ),
  ])
  func splits(_ text: String, _ sentences: [String]) {
    #expect(SentenceSplitter.sentences(of: text).map(String.init) == sentences)
  }

  @Test(arguments: [
    ("\"We won.\" [Free Women, p. 100]", "\"We won.\""), ("It was so. [Op. Cit., pp. 4-5].", "It was so."),
    ("It was so, says [Smith 2020].", "It was so, says [Smith 2020]."), ("It is so. [1]", "It is so."),
    ("[12]", "[12]"),
    ("[Smith 2020]", "[Smith 2020]"), ("", ""),
  ])
  func `a source is told from the sentence before it`(sentence: String, without: String) {
    let utf8 = Array(sentence.utf8)
    let range = BareSource.withoutSource(utf8, 0..<utf8.count)
    #expect(String(decoding: utf8[range], as: UTF8.self) == without)
    #expect(BareSource.isSource(utf8, 0..<utf8.count) == (sentence.hasPrefix("[")))
  }
}
