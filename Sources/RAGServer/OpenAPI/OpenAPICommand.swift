import Commands

/// `ragserver openapi`: the description of the HTTP interface.
enum OpenAPICommand {
  static let command = Command(
    "openapi", "Print the description of the HTTP interface (OpenAPI 3.1, JSON).",
    examples: [Example("Make a client of it", "ragserver openapi > openapi.json")],
    run: { invocation in
      try invocation.output.line(APIDescription.json().text)
      return .success
    })
}
