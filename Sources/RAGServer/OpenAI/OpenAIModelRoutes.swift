import FoundationEssentials
import HTTPServer
import Models

/// `GET /v1/models` and `GET /v1/models/{id}`: the names that the other routes below `/v1` take.
struct OpenAIModelRoutes: Sendable {
  let models: ChatModels
  let embedding: any EmbeddingModel
  private let created = Int(Date().timeIntervalSince1970)

  init(models: ChatModels, embedding: any EmbeddingModel) {
    self.models = models
    self.embedding = embedding
  }

  func add(to group: RouteGroup) {
    group.get("/models") { _ in
      try .reply(["object": "list", "data": .array(try all())] as JSONValue)
    }
    // Names of models may have slashes in them, which clients send as they are.
    group.get("/models/{id}") { request in try .reply(try model(request.parameter("id"))) }
    group.get("/models/{owner}/{id}") { request in
      try .reply(try model("\(request.parameter("owner"))/\(request.parameter("id"))"))
    }
  }

  private func model(_ name: String) throws -> JSONValue {
    guard let found = try all().first(where: { $0["id"] == .string(name) }) else {
      throw OpenAIError.noModel(name)
    }
    return found
  }

  private func all() throws -> [JSONValue] {
    try models.names().map { json($0, owner: "footnote") } + [
      json(embedding.fingerprint.model, owner: embedding.fingerprint.provider)
    ]
  }

  private func json(_ name: String, owner: String) -> JSONValue {
    [
      "id": .string(name), "object": "model", "created": .integer(created), "owned_by": .string(owner),
      "shutdown_date": .null,
    ]
  }
}
