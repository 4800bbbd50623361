/// The special tokens that stand around texts.
struct TokenTemplate: Sendable, Equatable {
  /// The id before every text, `[CLS]` or `<s>`.
  var start: Int32
  /// The id after every text, `[SEP]` or `</s>`.
  var end: Int32
  /// The ids between the two texts of a pair.
  var middle: [Int32]
  /// Whether the second text of a pair is segment 1.
  var tellsTextsApart: Bool

  /// `[CLS] A [SEP]` and `[CLS] A [SEP] B [SEP]`, the second text in segment 1 (Devlin et al., "BERT", 2019).
  static func bert(start: Int32, end: Int32) -> TokenTemplate {
    TokenTemplate(start: start, end: end, middle: [end], tellsTextsApart: true)
  }

  /// `<s> A </s>` and `<s> A </s></s> B </s>`, all in one segment (Liu et al., "RoBERTa", 2019).
  static func roberta(start: Int32, end: Int32) -> TokenTemplate {
    TokenTemplate(start: start, end: end, middle: [end, end], tellsTextsApart: false)
  }
}
