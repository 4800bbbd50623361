/// What a router knows of one method of one path.
struct Route: Sendable {
  let template: String
  let parameterNames: [String]
  /// The most bytes of its body; nil for the server's default.
  let bodyLimit: Int?
  /// See `RequestHandler.isImmediate`.
  let isImmediate: Bool
  let endpoint: Endpoint
}
