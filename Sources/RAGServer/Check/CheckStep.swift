/// What one step of `ragserver check` found.
struct CheckStep: Codable, Equatable {
  enum Status: String, Codable {
    case passed, warning, failed
    /// It could not be tried.
    case skipped
  }

  var name: String
  var status: Status
  var milliseconds: Double
  /// What happened, as a sentence.
  var detail: String
  /// What to do about it.
  var hint: String?
}

/// Why a step failed, and what to do.
struct CheckFailure: Error, Equatable {
  var detail: String
  var hint: String?
  /// Whether nothing is wrong but that a key is needed and none was given.
  var wantsKey = false
}
