import TestSupport
import Testing

@testable import Transformer

struct UnigramTokenizerTests {
  @Test(arguments: UnigramReference.names)
  func `ids are those of the Python library on hard texts`(name: String) throws {
    let reference = try UnigramReference.load(name)
    let tokenizer = try Tokenizer(directory: UnigramReference.folder(name))
    #expect(reference.texts.count > 60)
    for text in reference.texts {
      #expect(tokenizer.encode(text.text) == text.ids, "\(text.text.debugDescription)")
      #expect(tokenizer.count(text.text) == text.ids.count - 2)
      // A part of another string goes another way.
      let part = Substring("x\(text.text)y".unicodeScalars.dropFirst().dropLast())
      #expect(tokenizer.encode(part) == text.ids)
    }
  }

  @Test(arguments: UnigramReference.names)
  func `pairs have two tokens between them, and the longer text is cut first`(name: String) throws {
    let reference = try UnigramReference.load(name)
    let tokenizer = try Tokenizer(directory: UnigramReference.folder(name))
    #expect(reference.pairs.count == 14)
    for pair in reference.pairs {
      let ids = tokenizer.encode(pair.first, pair.second, maximum: pair.most)
      #expect(ids == TokenPair(ids: pair.ids, firstCount: pair.ids.count), "\(pair.first) \(pair.second)")
    }
  }

  @Test(arguments: [
    ("", []), ("ab", [6]), ("a b", [4, 5, 4, 7]), ("abb", [6, 7]), ("ba", [4, 7, 5]), ("axyb", [4, 5, 3, 7]),
    ("▁ab", [6]), ("ab<s>ab", [6, 0, 6]), ("aa<s", [4, 5, 5, 3]),
  ])
  func `words are split into their most probable pieces`(text: String, ids: [Int32]) throws {
    #expect(try load(Self.tiny).encode(text) == [0] + ids + [2])
  }

  @Test func `a long text is cut to the window`() throws {
    let ids = try load(Self.tiny).encode(String(repeating: "ab ", count: 1000), maximum: 6)
    #expect(ids == [0, 6, 6, 6, 6, 2])
  }

  @Test(arguments: UnigramReference.names.dropLast())
  func `white space before a following text is not counted twice`(name: String) throws {
    let tokenizer = try Tokenizer(directory: UnigramReference.folder(name))
    for above in ["passage: ", "Robots > Balance:\n", "a\u{3000}", ""] {
      for text in ["robots walk", "the, the."] {
        #expect(tokenizer.countLeading(above) + tokenizer.count(text) == tokenizer.count(above + text))
      }
    }
  }

  @Test func `a piece is known as it stands at the beginning of a word`() throws {
    let tokenizer = try load(Self.tiny)
    #expect(tokenizer.isPiece("ab") && !tokenizer.isPiece("a") && !tokenizer.isPiece("▁ab"))
  }

  @Test func `a template with segments tells the texts of a pair apart`() throws {
    let json = Self.tiny.replacing(
      #"{"type":"RobertaProcessing","sep":["</s>",2],"cls":["<s>",0]}"#,
      with: """
        {"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"<s>","type_id":0}},{"Sequence":{"id":"A","type_id":0}},
        {"SpecialToken":{"id":"</s>","type_id":0}}],"pair":[{"SpecialToken":{"id":"<s>","type_id":0}},
        {"Sequence":{"id":"A","type_id":0}},{"SpecialToken":{"id":"</s>","type_id":0}},
        {"Sequence":{"id":"B","type_id":1}},{"SpecialToken":{"id":"</s>","type_id":1}}],"special_tokens":{}}
        """)
    #expect(try load(json).encode("ab", "ab") == TokenPair(ids: [0, 6, 2, 6, 2], firstCount: 3))
  }

  /// A tokenizer of eight pieces.
  private static let tiny = """
    {"added_tokens":[{"id":0,"content":"<s>"},{"id":2,"content":"</s>"}],"normalizer":null,
     "pre_tokenizer":{"type":"Sequence","pretokenizers":[{"type":"WhitespaceSplit"},
       {"type":"Metaspace","replacement":"▁","add_prefix_space":true}]},
     "post_processor":{"type":"RobertaProcessing","sep":["</s>",2],"cls":["<s>",0]},
     "model":{"type":"Unigram","unk_id":3,"vocab":[["<s>",0],["<pad>",0],["</s>",0],["<unk>",0.0],["▁",-2],
       ["a",-3e0],["\\u2581ab",-4.5],["b",-3.25]]}}
    """

  @Test(arguments: [
    (#""unk_id":3"#, #""unk_id":null"#, "it has no piece for unknown characters"),
    (#""unk_id":3"#, #""unk_id":8"#, "it has no piece for unknown characters"),
    (#""unk_id":3"#, #""unk_id":3,"byte_fallback":true"#, "it falls back to bytes and has no piece '<0x00>'"),
    (#"[["<s>",0]"#, #"[["<s>"]"#, "expected a score at byte"),
    (#"[["<s>",0]"#, #"[["<s>",0,1]"#, "expected the end of a piece at byte"),
    (#"[["<s>",0]"#, #"[["<s>",-]"#, "not a number at byte"),
    (#"[["<s>",0]"#, #"[["<s>",1e999]"#, "not a number at byte"),
    (#"[["<s>",0]"#, #"[7"#, "expected a piece with its score at byte"),
    (#""type":"Unigram""#, #""type":"BPE""#, "its tokenizer is BPE, and only WordPiece and Unigram"),
    (#""normalizer":null"#, #""normalizer":{"type":"NFKC"}"#, "its normalizer NFKC is not supported"),
    (
      #""normalizer":null"#, #""normalizer":{"type":"Sequence","normalizers":[{"type":"Lowercase"}]}"#,
      "its normalizer Lowercase is not supported"
    ),
    (
      #""normalizer":null"#, #""normalizer":{"type":"Replace","pattern":{"Regex":"\\s+"},"content":" "}"#,
      #"its normalizer replaces '\s+', which is not supported"#
    ),
    (
      #""normalizer":null"#, #""normalizer":{"type":"Precompiled","precompiled_charsmap":"AAAA"}"#,
      "'precompiled_charsmap' is not a character map"
    ),
    (#""type":"Metaspace""#, #""type":"Digits""#, "its pre-tokenizer is WhitespaceSplit and Digits"),
    (
      #""type":"WhitespaceSplit""#, #""type":"Punctuation""#, "its pre-tokenizer is Punctuation and Metaspace"
    ),
    (
      #""add_prefix_space":true"#, #""prepend_scheme":"first""#, "Metaspace is 'first', not always or never"
    ),
    (#""type":"RobertaProcessing""#, #""type":"ByteLevel""#, "its post-processor ByteLevel is not supported"),
    (#"["<s>",0]}"#, #"["<x>"]}"#, "it has no number for '<x>'"),
    (
      #"{"type":"RobertaProcessing","sep":["</s>",2],"cls":["<s>",0]}"#,
      #"{"type":"TemplateProcessing","single":[{"Sequence":{"id":"A","type_id":0}}],"pair":[]}"#,
      "its template is not a text between two special tokens"
    ),
  ])
  func `what would give other ids is refused by its name`(old: String, new: String, reason: String) throws {
    #expect(Self.tiny.contains(old))
    #expect { try load(Self.tiny.replacing(old, with: new)) } throws: { "\($0)".contains(reason) }
  }

  @Test func `a folder with SentencePiece's own file alone is refused by its name`() {
    let folder = ModelFolder()
    folder.write("sentencepiece.bpe.model", "x")
    #expect { try Tokenizer(directory: folder.path) } throws: { error in
      "\(error)".contains("sentencepiece.bpe.model")
        && "\(error)".contains("'tokenizer.json', which is missing")
    }
  }

  @Test func `a trie that leads out of itself maps nothing`() throws {
    // One unit, whose offset leads far away.
    let map = try #require(CharacterMap([4, 0, 0, 0, 0, 0xFF, 0xFF, 0x7F]))
    var output: [UInt8] = []
    Array("aé\r\n".utf8).withUnsafeBufferPointer { map.append($0, to: &output) }
    #expect(output == Array("aé\r\n".utf8))
    #expect(CharacterMap([]) == nil && CharacterMap([8, 0, 0, 0, 1]) == nil)
    #expect(CharacterMap([4, 0, 0, 0, 0, 0, 0, 0, 65]) == nil)
  }

  private func load(_ json: String) throws -> Tokenizer {
    let folder = ModelFolder()
    folder.write("tokenizer.json", json)
    return try Tokenizer(directory: folder.path)
  }
}
