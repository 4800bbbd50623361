import Synchronization

/// A deviation of a server from the interface that is learned from its refusals. The raw value is the
/// parameter's name.
protocol Quirk: RawRepresentable<String>, Hashable, CaseIterable, Sendable {}

extension Quirk {
  /// The parameter that a refusal says is not supported, by its `param` or by name in its text. Other
  /// complaints, such as about a value, are the caller's to hear.
  init?(refusal error: ModelError) {
    guard error.kind == .invalidRequest, error.status == 400 || error.status == 422 else { return nil }
    let text = error.message.lowercased()
    let complaints = [
      "unsupported", "not support", "unknown", "unrecognized", "extra inputs", "extra fields",
      "not permitted",
      "unexpected",
    ]
    guard complaints.contains(where: text.contains) else { return nil }
    let words = text.split { !$0.isLetter && !$0.isNumber && $0 != "_" }
    guard
      let quirk = error.parameter.flatMap(Self.init(rawValue:))
        ?? Self.allCases.first(where: { quirk in words.contains { $0 == quirk.rawValue } })
    else { return nil }
    self = quirk
  }
}

/// What has been learned so far, shared by all requests to a server.
final class QuirkStore<Known: Quirk>: Sendable {
  private let known: Mutex<Set<Known>>

  init(_ known: Set<Known> = []) {
    self.known = Mutex(known)
  }

  var present: Set<Known> { known.withLock { $0 } }

  /// False if it was known already, so that one refusal is not answered the same way twice.
  @discardableResult
  func insert(_ quirk: Known) -> Bool {
    known.withLock { $0.insert(quirk).inserted }
  }
}
