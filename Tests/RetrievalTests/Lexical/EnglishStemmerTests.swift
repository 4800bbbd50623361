import Testing

@testable import Retrieval

@Suite struct EnglishStemmerTests {
  /// From the vocabulary that the algorithm is published with.
  @Test(arguments: [
    ("consign", "consign"), ("consigned", "consign"), ("consigning", "consign"), ("consignment", "consign"),
    ("consist", "consist"), ("consisted", "consist"), ("consistency", "consist"), ("consistent", "consist"),
    ("consistently", "consist"), ("consisting", "consist"), ("consists", "consist"),
    ("consolation", "consol"), ("consolations", "consol"), ("consolatory", "consolatori"),
    ("console", "consol"), ("consoled", "consol"), ("consoles", "consol"), ("consolidate", "consolid"),
    ("consolingly", "consol"), ("consonant", "conson"), ("conspicuous", "conspicu"),
    ("conspicuously", "conspicu"), ("conspiracy", "conspiraci"), ("constancy", "constanc"),
    ("constantly", "constant"), ("knack", "knack"), ("knackeries", "knackeri"), ("knaves", "knave"),
    ("knavish", "knavish"), ("kneaded", "knead"), ("kneading", "knead"), ("kneel", "kneel"),
    ("kneeled", "kneel"), ("knees", "knee"), ("knightly", "knight"), ("knots", "knot"), ("knotted", "knot"),
    ("generally", "general"), ("generate", "generat"), ("arsenal", "arsenal"), ("communism", "communism"),
    ("skies", "sky"), ("dying", "die"), ("news", "news"), ("inning", "inning"), ("proceed", "proceed"),
    ("ties", "tie"), ("cries", "cri"), ("by", "by"), ("say", "say"), ("cry", "cri"), ("gas", "gas"),
    ("this", "this"), ("gaps", "gap"), ("hopping", "hop"), ("hoping", "hope"), ("luxuriating", "luxuri"),
    ("agreed", "agre"), ("feed", "feed"), ("bed", "bed"), ("shed", "shed"), ("youth", "youth"),
    ("analogous", "analog"), ("apology", "apolog"), ("controlling", "control"), ("rolls", "roll"),
    ("relational", "relat"), ("conditional", "condit"), ("vietnamization", "vietnam"),
    ("rationally", "ration"), ("sensibility", "sensibl"), ("fully", "fulli"), ("hopefulness", "hope"),
    ("formative", "format"), ("electricity", "electr"), ("adjustment", "adjust"), ("adoption", "adopt"),
  ])
  func wordsBecomeTheirStems(word: String, stem: String) {
    #expect(EnglishStemmer.stem(word) == stem)
  }
}
