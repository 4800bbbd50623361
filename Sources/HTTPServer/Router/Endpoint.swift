/// Answers a request, or throws an error that is then rendered.
public typealias Endpoint = @Sendable (Request) async throws -> Response
