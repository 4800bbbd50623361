import TestSupport
import Testing

extension Browser {
  /// Fails, naming what is wrong, where the page breaks a rule of accessibility.
  func expectAccessible(sourceLocation: SourceLocation = #_sourceLocation) async throws {
    let found = try await audit()
    #expect(found.isEmpty, "\(found.joined(separator: "\n"))", sourceLocation: sourceLocation)
  }
}
