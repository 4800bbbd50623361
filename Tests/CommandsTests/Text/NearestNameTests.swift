import Testing

@testable import Commands

@Suite struct NearestNameTests {
  @Test(arguments: [
    ("kitten", "sitting", 3), ("", "abc", 3), ("abc", "", 3), ("ab", "ba", 1), ("ca", "abc", 3),
    ("same", "same", 0),
    ("lsit", "list", 1), ("é", "e", 1),
  ])
  func `the distance counts slips`(a: String, b: String, expected: Int) {
    #expect(NearestName.distance(Array(a.unicodeScalars), Array(b.unicodeScalars)) == expected)
  }

  @Test(
    arguments: [
      ("collecton", "collection"), ("colection", "collection"), ("COLLECTION", "collection"),
      ("col", "collection"),
      ("lsit", "list"), ("ad", "add"), ("remov", "remove"), ("xyz", nil), ("", nil), ("q", nil),
      ("serch", "search"),
      ("watch-mode", nil),
    ] as [(String, String?)])
  func `the nearest name is found, if one is near`(word: String, expected: String?) {
    let names = ["collection", "add", "list", "remove", "search", "k"]
    #expect(NearestName.of(word, among: names) == expected)
  }
}
