import HTTPServer
import Models

/// One operation of the HTTP interface, as `/openapi.json` describes it.
struct APIOperation: Sendable {
  /// Whose requests are answered.
  enum Access: Sendable {
    /// Anybody's; where accounts are required, those of a signed-in person.
    case anybody
    /// Those with the admin key.
    case administrator
  }

  struct Parameter: Sendable {
    var name: String
    var location = "query"
    var schema: JSONValue
    var isRequired = false
  }

  struct Content: Sendable {
    var type = "application/json"
    var schema: JSONValue
  }

  struct Reply: Sendable {
    var status: Int
    var description: String
    var contents: [Content] = []
  }

  var method: HTTPMethod
  /// As the router has it.
  var path: String
  var tag: String
  /// Unique among all operations.
  var id: String
  var summary: String
  var description: String?
  var access = Access.anybody
  var parameters: [Parameter] = []
  var body: [Content] = []
  var isBodyRequired = true
  var replies: [Reply]

  init(
    _ method: HTTPMethod, _ path: String, _ id: String, tag: String, _ summary: String,
    description: String? = nil, access: Access = .anybody, parameters: [Parameter] = [],
    body: [Content] = [], isBodyRequired: Bool = true, replies: [Reply]
  ) {
    self.method = method
    self.path = path
    self.id = id
    self.tag = tag
    self.summary = summary
    self.description = description
    self.access = access
    self.parameters = parameters
    self.body = body
    self.isBodyRequired = isBodyRequired
    self.replies = replies
  }
}

extension APIOperation.Content {
  static func json(_ schema: JSONValue) -> Self { Self(schema: schema) }
  static func other(_ type: String, _ schema: JSONValue = Schema.string()) -> Self {
    Self(type: type, schema: schema)
  }
}

extension APIOperation.Reply {
  static func ok(_ description: String, _ schema: JSONValue) -> Self {
    Self(status: 200, description: description, contents: [.json(schema)])
  }

  static func page(_ description: String) -> Self {
    Self(status: 200, description: description, contents: [.other("text/html")])
  }
}

extension APIOperation.Parameter {
  static func query(_ name: String, _ schema: JSONValue) -> Self { Self(name: name, schema: schema) }
}

extension APIOperation {
  /// Names in the path's braces; one that takes the rest of the path loses its dots.
  var pathParameters: [String] {
    path.split(separator: "/").filter { $0.hasPrefix("{") }.map { segment in
      let name = segment.dropFirst().dropLast()
      return String(name.hasSuffix("...") ? name.dropLast(3) : name)
    }
  }

  /// The path in OpenAPI's form.
  var template: String { path.replacing("...}", with: "}") }

  var json: JSONValue {
    var value: [String: JSONValue] = [
      "tags": [.string(tag)], "operationId": .string(id), "summary": .string(summary),
    ]
    if let description { value["description"] = .string(description) }
    let all =
      pathParameters.map { Parameter(name: $0, location: "path", schema: Schema.string(), isRequired: true) }
      + parameters
    if !all.isEmpty {
      value["parameters"] = .array(
        all.map { parameter in
          [
            "name": .string(parameter.name), "in": .string(parameter.location),
            "required": .bool(parameter.isRequired), "schema": parameter.schema,
          ]
        })
    }
    if !body.isEmpty {
      value["requestBody"] = [
        "required": .bool(isBodyRequired),
        "content": Self.contents(body, example: APIDescription.examples[id]),
      ]
    }
    var responses: [String: JSONValue] = ["default": ["$ref": "#/components/responses/Error"]]
    for reply in replies {
      var response: [String: JSONValue] = ["description": .string(reply.description)]
      if !reply.contents.isEmpty { response["content"] = Self.contents(reply.contents) }
      responses["\(reply.status)"] = .object(response)
    }
    value["responses"] = .object(responses)
    value["security"] =
      access == .administrator
      ? [["bearer": []], ["apiKey": []]] : [[:], ["bearer": []], ["apiKey": []]]
    return .object(value)
  }

  private static func contents(_ contents: [Content], example: JSONValue? = nil) -> JSONValue {
    let media = contents.map { content in
      var members = ["schema": content.schema]
      if content.type == "application/json", let example { members["example"] = example }
      return (content.type, JSONValue.object(members))
    }
    return .object(Dictionary(media, uniquingKeysWith: { $1 }))
  }
}
