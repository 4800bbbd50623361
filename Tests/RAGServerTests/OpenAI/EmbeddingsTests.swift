import FoundationEssentials
import Models
import TestSupport
import Testing

@testable import RAGServer

@Suite struct EmbeddingsTests {
  @Test func `vectors come as numbers or packed, in the order of the texts`() async throws {
    try await withRAGServer { server in
      let expected = try await server.model.embed(["the knee", "an elbow"], as: .document)
      for format in [
        "", #", "encoding_format": "float""#, #", "encoding_format": "base64", "dimensions": 512"#,
      ] {
        let response = try await server.post(
          "/v1/embeddings", #"{"model": "hashing", "input": ["the knee", "an elbow"]\#(format)}"#)
        #expect(response.status == 200, "\(response.text)")
        let reply = try response.json(JSONValue.self)
        #expect(reply["object"] == "list" && reply["model"] == "hashing")
        #expect(reply["usage"]?["prompt_tokens"] == reply["usage"]?["total_tokens"])
        let data = try #require(reply["data"]?.array)
        #expect(data.map { $0["index"] } == [0, 1] && data.allSatisfy { $0["object"] == "embedding" })
        for (row, element) in data.enumerated() {
          let found = try vector(element["embedding"] ?? .null)
          #expect(found == Array(expected[row]))
        }
      }
      let single = try await server.post("/v1/embeddings", #"{"model": "footnote", "input": "the knee"}"#)
      #expect(try single.json(JSONValue.self)["data"]?.array?.count == 1)
    }
  }

  private func vector(_ embedding: JSONValue) throws -> [Float] {
    guard case .string(let text) = embedding else {
      return (embedding.array ?? []).compactMap {
        switch $0 {
        case .number(let value): Float(value)
        case .integer(let value): Float(value)
        default: nil
        }
      }
    }
    let bytes = try #require(Data(base64Encoded: text))
    var values: [Float] = []
    for start in stride(from: 0, to: bytes.count, by: 4) {
      var bits: UInt32 = 0
      for offset in 0..<4 { bits |= UInt32(bytes[start + offset]) << UInt32(8 * offset) }
      values.append(Float(bitPattern: bits))
    }
    return values
  }

  @Test(arguments: [
    (#"{"input": "a"}"#, 400, "model"), (#"{"model": "hashing"}"#, 400, "input"),
    (#"{"model": "text-embedding-3-small", "input": "a"}"#, 404, "model"),
    (#"{"model": "hashing", "input": ""}"#, 400, "input"),
    (#"{"model": "hashing", "input": []}"#, 400, "input"),
    (#"{"model": "hashing", "input": ["a", ""]}"#, 400, "input"),
    (#"{"model": "hashing", "input": [1, 2]}"#, 400, "input"),
    (#"{"model": "hashing", "input": [[1, 2]]}"#, 400, "input"),
    (#"{"model": "hashing", "input": {"a": 1}}"#, 400, "input"),
    (#"{"model": "hashing", "input": "a", "dimensions": 64}"#, 400, "dimensions"),
    (#"{"model": "hashing", "input": "a", "encoding_format": "hex"}"#, 400, "encoding_format"),
    (
      #"{"model": "hashing", "input": [\#(Array(repeating: "\"a\"", count: 2049).joined(separator: ","))]}"#,
      400, "input"
    ),
  ])
  func `what cannot be embedded is refused by name`(body: String, status: Int, parameter: String) async throws
  {
    try await withRAGServer { server in
      let response = try await server.post("/v1/embeddings", body)
      #expect(response.status == status)
      #expect(try response.json(JSONValue.self)["error"]?["param"]?.string == parameter)
    }
  }

  @Test func `models are listed, and each can be looked at`() async throws {
    try await withRAGServer { server in
      let list = try await server.send("GET", "/v1/models").json(JSONValue.self)
      let models = try #require(list["data"]?.array)
      #expect(list["object"] == "list" && models.map { $0["id"] } == ["footnote", "extractive", "hashing"])
      for model in models {
        let id = try #require(model["id"]?.string)
        #expect(try await server.send("GET", "/v1/models/\(id)").json(JSONValue.self) == model)
        #expect(model["object"] == "model" && model["created"]?.integer != nil && model["owned_by"] != nil)
      }
      #expect(try await server.send("GET", "/v1/models/a%2Fb").status == 404)
      #expect(try await server.send("GET", "/v1/models/a/b").status == 404)
    }
  }
}
