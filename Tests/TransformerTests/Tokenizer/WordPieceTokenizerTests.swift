import FoundationEssentials
import TestSupport
import Testing

@testable import Transformer

struct WordPieceTokenizerTests {
  @Test func `ids are those of the Python library on hard texts`() throws {
    let sample = try ReferenceSample.load()
    let vocabulary = String(decoding: try JSONEncoder().encode(sample.vocabulary), as: UTF8.self)
    let tokenizer = try load(json: TokenizerJSON(vocabulary: vocabulary, lowercase: true).text)
    #expect(sample.texts.count > 60)
    for text in sample.texts {
      #expect(tokenizer.encode(text.text, maximum: 256) == text.ids, "\(text.text.debugDescription)")
    }
  }

  @Test(arguments: [
    ("", []), ("robots walking.", ["robot", "##s", "walk", "##ing", "."]), ("ROBOT", ["robot"]),
    ("xyzzy", ["x", "##y", "##z", "##z", "##y"]), ("robot9", ["[UNK]"]), ("the,the", ["the", ",", "the"]),
    ("Röbot", ["robot"]), ("r\u{0}obot\u{200B}s", ["robot", "##s"]),
    ("the\u{A0}the\u{3000}the", ["the", "the", "the"]),
    ("a[SEP]b", ["a", "[SEP]", "b"]), ("[sep]", ["[UNK]", "s", "##e", "##p", "[UNK]"]),
    ("[MASK]s", ["[MASK]", "s"]),
    ("日a", ["[UNK]", "a"]), ("##s", ["[UNK]", "[UNK]", "s"]),
  ])
  func `words are split into their longest pieces`(text: String, pieces: [String]) throws {
    let tokenizer = try tiny()
    let ids = try pieces.map { try #require(TinyModel.pieces.firstIndex(of: $0)) }.map(Int32.init)
    #expect(tokenizer.encode(text) == [2] + ids + [3])
    #expect(tokenizer.count(text) == ids.count)
    #expect(tokenizer.count("x\(text)y".dropFirst().dropLast()) == ids.count)
  }

  @Test(arguments: [(100, 101), (101, 1), (5000, 1)])
  func `a word of more than a hundred characters is unknown`(length: Int, count: Int) throws {
    let text = String(repeating: "z", count: length)
    #expect(try tiny().count(text) == (length <= 100 ? length : count))
  }

  @Test func `counting joined texts gives the sum of both`() throws {
    let tokenizer = try tiny()
    let texts = ["robots walk", "the, the.", "[SEP]", "é\u{301}", "zzz"]
    for a in texts {
      for b in texts { #expect(tokenizer.count("\(a) \(b)") == tokenizer.count(a) + tokenizer.count(b)) }
    }
  }

  @Test func `a long text is cut to the window`() throws {
    let tokenizer = try tiny()
    let ids = tokenizer.encode(String(repeating: "walking ", count: 1000), maximum: 6)
    #expect(ids == [2, 7, 8, 7, 8, 3])
  }

  // What `tokenizers` keeps of two texts with its strategy "longest first".
  @Test(arguments: [
    (10, 3, 5, 1, 1), (3, 10, 5, 1, 1), (3, 10, 10, 3, 4), (10, 3, 10, 4, 3), (10, 10, 10, 3, 4),
    (2, 2, 7, 2, 2),
    (0, 10, 8, 0, 5), (10, 0, 8, 5, 0), (4, 4, 3, 0, 0),
  ])
  func `the longer text of a pair is cut first`(a: Int, b: Int, maximum: Int, keptA: Int, keptB: Int) throws {
    let pair = try tiny().encode(
      String(repeating: "robot ", count: a), String(repeating: "the ", count: b), maximum: maximum)
    #expect(pair.firstCount == keptA + 2)
    #expect(pair.ids.count == keptA + keptB + 3)
    #expect(pair.ids.filter { $0 == 12 }.count == keptB)
  }

  @Test func `both files of a tokenizer give the same ids`() throws {
    let entries = TinyModel.pieces.enumerated().map { "\"\($1)\":\($0)" }.joined(separator: ",")
    let other = try load(json: TokenizerJSON(vocabulary: "{\(entries)}", lowercase: true).text)
    for text in ["robots walk", "[MASK] É", "q,r.s"] {
      #expect(try tiny().encode(text) == other.encode(text))
    }
  }

  @Test func `a cased model keeps case and accents`() throws {
    let vocabulary = #"{"[PAD]":0,"[UNK]":1,"[CLS]":2,"[SEP]":3,"[MASK]":4,"É":5,"E":6,"é":7,"e\#u{301}":8}"#
    let tokenizer = try load(json: TokenizerJSON(vocabulary: vocabulary, lowercase: false).text)
    #expect(tokenizer.encode("É E é e\u{301}") == [2, 5, 6, 7, 8, 3])
  }

  @Test func `an added token that must stand alone is not found inside words`() throws {
    var json = TokenizerJSON(vocabulary: #"{"[UNK]":1,"[CLS]":2,"[SEP]":3,"a":5,"ab":6}"#, lowercase: true)
    json.added = #"{"id":9,"content":"ab","single_word":true,"special":true,"normalized":false}"#
    #expect(try load(json: json.text).encode("ab a ab, xab") == [2, 9, 5, 9, 1, 1, 3])
  }

  @Test(arguments: [
    ("{}", "has no WordPiece vocabulary"),
    (#"{"model":{"type":"BPE","vocab":{}}}"#, "its tokenizer is BPE"),
    (#"{"model":{"type":"WordPiece","vocab":{"a":-1}}}"#, "'a' has no number"),
    (#"{"model":{"type":"WordPiece","vocab":{"a":4294967296}}}"#, "'a' has no number"),
    (#"{"model":{"type":"WordPiece","vocab":{"a":1}}}"#, "no '[UNK]'"),
    (#"{"model":{"vocab":{"[UNK]":0,"[CLS]":1,"[SEP]":2}}}"#, "its normalizer is none"),
    (
      #"{"model":{"vocab":{"[UNK]":0,"[CLS]":1,"[SEP]":2}},"normalizer":{"type":"BertNormalizer"}}"#,
      "its pre-tokenizer is none"
    ),
    (#"{"model":{"vocab":{"[UNK]":0}},"post_processor":{"type":"ByteLevel"}}"#, "post-processor ByteLevel"),
  ])
  func `a tokenizer of another kind is refused`(json: String, reason: String) {
    #expect { try load(json: json) } throws: { "\($0)".contains(reason) }
  }

  private func tiny() throws -> Tokenizer {
    let folder = ModelFolder()
    TinyModel().write(to: folder)
    return try Tokenizer(directory: folder.path)
  }

  private func load(json: String) throws -> Tokenizer {
    let folder = ModelFolder()
    folder.write("tokenizer.json", json)
    return try Tokenizer(directory: folder.path)
  }
}

/// A `tokenizer.json` with the given vocabulary.
private struct TokenizerJSON {
  var vocabulary: String
  var lowercase: Bool
  var added = ["[UNK]", "[CLS]", "[SEP]", "[MASK]", "[PAD]"].enumerated()
    .map { #"{"id":\#([1, 2, 3, 4, 0][$0]),"content":"\#($1)","special":true,"normalized":false}"# }
    .joined(separator: ",")

  var text: String {
    // The ids of the added tokens are the vocabulary's.
    var added = added
    if vocabulary.contains("\"[MASK]\":103") {
      for (id, real) in [(1, 100), (2, 101), (3, 102), (4, 103)] {
        added = added.replacing("{\"id\":\(id),", with: "{\"id\":\(real),")
      }
    }
    return """
      {"added_tokens":[\(added)],
       "normalizer":{"type":"BertNormalizer","clean_text":true,"handle_chinese_chars":true,
         "strip_accents":null,"lowercase":\(lowercase)},
       "pre_tokenizer":{"type":"BertPreTokenizer"},
       "post_processor":{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"[CLS]","type_id":0}},
         {"Sequence":{"id":"A","type_id":0}},{"SpecialToken":{"id":"[SEP]","type_id":0}}]},
       "model":{"type":"WordPiece","unk_token":"[UNK]","continuing_subword_prefix":"##",
         "max_input_chars_per_word":100,"vocab":\(vocabulary)}}
      """
  }
}
