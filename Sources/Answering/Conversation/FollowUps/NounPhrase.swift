/// A thing as a question names it: a run of its tokens.
struct NounPhrase: Equatable {
  enum Role: Equatable {
    /// What is asked for: `degrees` of "How many degrees", `pH` of "What pH".
    case asked
    case subject, object
    /// What follows a preposition.
    case complement
  }

  /// Its tokens with the determiner.
  var range: Range<Int>
  /// Its tokens without.
  var core: Range<Int>
  var role: Role
  /// Place of the preposition before it.
  var preposition: Int?
  /// Whose it is: tokens of "the robot's arm" up to `robot's`.
  var owner: Range<Int>?
}
