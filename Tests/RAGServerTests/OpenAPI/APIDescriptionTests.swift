import Answering
import Commands
import HTTPServer
import Models
import TestSupport
import Testing

@testable import RAGServer

@Suite struct APIDescriptionTests {
  @Test func `every route is described, and everything that is served as described is a route`() async throws
  {
    try await withRAGServer { server in
      // Files of pages are no interface.
      let routes = Set(
        server.application.routes.filter { !$0.template.hasPrefix("/pages/") }.map {
          "\($0.method) \($0.template)"
        })
      let response = try await server.send("GET", "/openapi.json")
      #expect(response.status == 200 && response.header("Content-Type") == "application/json")
      let value = try JSONValue(parsing: response.body)
      #expect(value["openapi"] == "3.1.0")
      #expect(value["info"]?["version"] == .string(ServerProgram.version))
      var described: Set<String> = []
      for (path, item) in members(value["paths"]) {
        for method in members(item).keys { described.insert("\(method.uppercased()) \(path)") }
      }
      #expect(routes.subtracting(described).sorted() == [], "not described")
      #expect(described.subtracting(routes).sorted() == [], "described, but not there")
    }
  }

  @Test(.enabled(if: OpenAIClientTests.interpreter != nil, OpenAIClientTests.reason))
  func `the specification's own validator finds nothing wrong`() async throws {
    let interpreter = try #require(OpenAIClientTests.interpreter)
    let validator = try ChildProcess(
      interpreter, ["-m", "openapi_spec_validator", "-"],
      environment: ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"])
    try validator.write(APIDescription.json().text)
    validator.closeInput()
    var lines: [String] = []
    for try await line in validator.output { lines.append(line) }
    #expect(await validator.exitCode() == 0, "\(lines.joined(separator: "\n"))")
  }

  /// What the specification demands of the members that we write (OpenAPI 3.1, section 4.8).
  @Test func `it holds together`() throws {
    let root = APIDescription.json()
    let schemas = members(root["components"]?["schemas"])
    let tags = Set(root["tags"]?.array?.compactMap { $0["name"]?.string } ?? [])
    var identifiers: Set<String> = []
    for (path, item) in members(root["paths"]) {
      let names = path.split(separator: "/").filter { $0.hasPrefix("{") }.map {
        String($0.dropFirst().dropLast())
      }
      for (method, operation) in members(item) {
        let what = "\(method) \(path)"
        #expect(["get", "put", "post", "delete", "patch"].contains(method), "\(what)")
        let id = try #require(operation["operationId"]?.string)
        #expect(identifiers.insert(id).inserted, "\(what): \(id) twice")
        #expect(operation["tags"]?.array?.allSatisfy { tags.contains($0.string ?? "") } == true, "\(what)")
        let parameters = operation["parameters"]?.array ?? []
        let inPath = parameters.filter { $0["in"] == "path" }
        #expect(inPath.compactMap { $0["name"]?.string } == names, "\(what)")
        #expect(inPath.allSatisfy { $0["required"] == .bool(true) }, "\(what)")
        #expect(Set(parameters.map { $0["name"]?.string }).count == parameters.count, "\(what)")
        #expect(parameters.allSatisfy { $0["schema"] != nil }, "\(what)")
        let responses = members(operation["responses"])
        #expect(responses.keys.contains { Int($0) != nil }, "\(what)")
        for (status, response) in responses {
          #expect(status == "default" || Int(status) != nil, "\(what)")
          #expect(response["description"] != nil || response["$ref"] != nil, "\(what) \(status)")
        }
        if method == "get" { #expect(operation["requestBody"] == nil, "\(what)") }
      }
    }
    for reference in references(root) {
      let path = reference.split(separator: "/").dropFirst().map(String.init)
      var target: JSONValue? = root
      for name in path { target = target?[name] }
      #expect(target != nil, "\(reference) leads nowhere")
    }
    #expect(schemas.count > 5)
  }

  @Test func `what suggestions follow upon is described`() {
    let suggest = APIDescription.operations.first { $0.id == "suggest" }
    #expect(suggest?.parameters.map(\.name) == ["after"])
  }

  @Test func `each example is a body of its operation`() throws {
    let root = APIDescription.json()
    for (id, example) in APIDescription.examples {
      let operation = try #require(APIDescription.operations.first { $0.id == id }, "\(id)")
      let body = try #require(operation.body.first { $0.type == "application/json" }, "\(id)")
      // References lead into the whole description.
      var schema: [String: JSONValue] = ["components": root["components"] ?? .null]
      if case .object(let members) = body.schema { schema.merge(members) { $1 } }
      #expect(JSONSchema(.object(schema)).problems(in: example) == [], "\(id)")
    }
  }

  @Test func `the command prints it`() async throws {
    let sink = MemorySink()
    let code = await ServerProgram.program.run(
      ["openapi"], settings: .init(environment: [:]),
      output: .init(results: sink, messages: MemorySink()))
    #expect(code == .success)
    #expect(try JSONValue(parsing: sink.text.utf8) == APIDescription.json())
  }

  private func members(_ value: JSONValue?) -> [String: JSONValue] {
    guard case .object(let members)? = value else { return [:] }
    return members
  }

  private func references(_ value: JSONValue) -> Set<String> {
    switch value {
    case .object(let members):
      var found = Set(members.values.flatMap { references($0) })
      if let reference = members["$ref"]?.string { found.insert(reference) }
      return found
    case .array(let values): return Set(values.flatMap { references($0) })
    default: return []
    }
  }
}
