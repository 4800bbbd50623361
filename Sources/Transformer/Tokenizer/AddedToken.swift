/// A token that is found in a text as it stands, before anything is normalized or split.
struct AddedToken: Sendable, Equatable {
  var text: String
  var id: Int32
  /// Whether it counts only where no letter, digit or underscore touches it.
  var isSingleWord = false
}
