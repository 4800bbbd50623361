/// Where the corpus of a test is: in a file, or on a Qdrant server.
public enum CorpusKind: String, CaseIterable, Sendable, CustomStringConvertible {
  case file, qdrant

  /// Those that can be tested here.
  public static var testable: [CorpusKind] { QdrantStandIn.isAvailable ? allCases : [.file] }

  public var description: String { rawValue }

  /// Environment variables that name a new corpus of this kind; none for a file.
  public func variables() async throws -> [String: String] {
    guard self == .qdrant else { return [:] }
    let server = try await QdrantStandIn.shared()
    var variables = ["QDRANT_URL": server.url, "QDRANT_COLLECTION": QdrantStandIn.uniqueName()]
    variables["QDRANT_API_KEY"] = server.key
    return variables
  }
}
