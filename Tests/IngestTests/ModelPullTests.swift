import Commands
import FoundationEssentials
import TestSupport
import Testing

@testable import Ingest

@Suite struct ModelPullTests {
  /// A hub in the layout of Hugging Face that has one model, in `folder`.
  private func hub(_ folder: ModelFolder, cutting cut: String? = nil) throws -> LocalServer {
    let path = folder.path
    return try LocalServer { request, connection in
      let prefix = "/acme/tiny/resolve/main/"
      let file = request.path.hasPrefix(prefix) ? String(request.path.dropFirst(prefix.count)) : "none"
      guard let data = try? Data(contentsOf: URL(filePath: path + "/" + file)) else {
        return connection.respond(LocalResponse("no such file", status: 404, type: "text/plain"))
      }
      let response = LocalResponse(200, headers: [], body: Array(data))
      if file == cut {
        connection.write("HTTP/1.1 200 OK\r\nContent-Length: \(data.count)\r\n\r\n")
        connection.write(response.body.prefix(data.count / 2))
        return connection.cut()
      }
      connection.respond(response)
    }
  }

  @Test func aModelIsFetchedIntoTheFolderOfLocalModelsAndWorks() async throws {
    let fixture = try IngestFixture()
    let server = try hub(fixture.model)
    let pulled = await fixture.run("model", "pull", "acme/tiny", "--hub", server.url)
    #expect(pulled.code == .success, "\(pulled.messages)")
    let place = fixture.folder + "/.cache/footnote/models/tiny"
    #expect(pulled.output == place + "\n")
    #expect(await fixture.run("model", "path", "--model", "tiny").output == place + "\n")
    try fixture.write("a.md", "The robot walks.")
    #expect(await fixture.run("add", fixture.documents, "--model", "tiny").code == .success)
  }

  @Test func aTransferThatIsCutOffLeavesNoHalfFile() async throws {
    let fixture = try IngestFixture()
    let server = try hub(fixture.model, cutting: "model.safetensors")
    let pulled = await fixture.run("model", "pull", "acme/tiny", "--hub", server.url)
    #expect(pulled.code == .failure)
    let weights = fixture.folder + "/.cache/footnote/models/tiny/model.safetensors"
    #expect(!FileManager.default.fileExists(atPath: weights))
  }

  @Test func anUnknownModelAndAMissingHubAreTold() async throws {
    let fixture = try IngestFixture()
    let server = try hub(fixture.model)
    let unknown = await fixture.run("model", "pull", "acme/none", "--hub", server.url)
    #expect(unknown.code == .failure && unknown.messages.contains("status 404"))
    let nowhere = await fixture.run("model", "pull", "acme/tiny")
    #expect(nowhere.code == .usage && nowhere.messages.contains("FOOTNOTE_HUB"))
  }
}
