import Retrieval

/// A question with all that is asked of it whatever the passages are.
struct ReadQuestion: Sendable {
  let text: String
  let words: QuestionWords
  let contradiction: Contradiction
  /// Whether it may be answered by commands, code or a formula as they stand in the documents.
  let wantsCode: Bool
  /// Whether it asks how the reader does something.
  let asksHowTo: Bool
  /// What it asks about by a name that code has for it; nil for most.
  let entry: EntryReference?
  /// What it wants listed; nil if it asks for one thing.
  let list: ListQuestion?
  /// What it names by a number or a name that nothing resembles.
  let places: NamedPlaces
  /// Tells whether what only says what changed may answer it.
  let record: ChangeRecord

  init(_ text: String) {
    self.text = text
    words = QuestionWords(text)
    contradiction = Contradiction(text)
    wantsCode = QuestionWords.asksForCode(text)
    asksHowTo = QuestionWords.asksHowTo(text)
    entry = EntryReference(words)
    list = ListQuestion(text)
    places = NamedPlaces(text, versions: words.versions, entry: entry)
    record = ChangeRecord(text)
  }
}
