/// Cuts text into the terms of the lexical index.
///
/// Words are runs of letters, digits and marks, in lower case, without accents, stemmed. Names made of several
/// words, such as `MHD_start_daemon`, `std::vector`, `v1.2.3`, `camelCaseName` or `C++`, are terms as a whole
/// and in their parts. Scripts without spaces give each character and each pair of neighbours.
public struct LexicalTokenizer: Sendable {
  /// What a term is to the text that it was found in.
  enum Kind {
    /// A word, or a part of a name.
    case word
    /// A name of several words, as one.
    case whole
    /// A character of a script without spaces, which has neighbours.
    case character
    /// Two neighbouring characters of a script without spaces.
    case pair

    /// Whether terms of this kind follow one another in the text, so that phrases and lengths count them.
    var isInSequence: Bool { self == .word || self == .character }
  }

  /// Bytes that are kept of a longer term.
  static let limit = 64

  public let stemming: LexicalOptions.Stemming

  public init(stemming: LexicalOptions.Stemming = .english) { self.stemming = stemming }

  /// Visits the terms of `text` in their order. The bytes are UTF-8 and valid only inside `body`.
  func forEachTerm(in text: String, _ body: (UnsafeBufferPointer<UInt8>, Kind) -> Void) {
    var text = text
    text.withUTF8 { bytes in
      withoutActuallyEscaping(body) { body in
        var scanner = TermScanner(bytes, stemming: stemming, body)
        scanner.run()
      }
    }
  }

  /// The terms that `text` is indexed under, in their order, repeated as often as they occur.
  public func terms(of text: String) -> [String] {
    var terms: [String] = []
    forEachTerm(in: text) { term, _ in terms.append(String(decoding: term, as: UTF8.self)) }
    return terms
  }

  /// Number of words in `text`.
  func length(of text: String) -> Int {
    var length = 0
    forEachTerm(in: text) { _, kind in length += kind.isInSequence ? 1 : 0 }
    return length
  }

  /// The words of `text` in their order: what a phrase is compared with.
  func sequence(of text: String) -> [String] {
    var terms: [String] = []
    forEachTerm(in: text) { term, kind in
      if kind.isInSequence { terms.append(String(decoding: term, as: UTF8.self)) }
    }
    return terms
  }

  /// The terms to look up for a question: of scripts without spaces only pairs, where there are any.
  func questionTerms(of text: String) -> [String] {
    var terms: [String] = []
    forEachTerm(in: text) { term, kind in
      if kind != .character { terms.append(String(decoding: term, as: UTF8.self)) }
    }
    return terms
  }
}
