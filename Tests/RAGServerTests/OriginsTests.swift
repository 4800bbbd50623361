import Commands
import HTTPServer
import Testing

@testable import RAGServer

@Suite struct OriginsTests {
  @Test(arguments: [
    ("*", CORS.Origins.any),
    ("https://a.example", .only(["https://a.example"])),
    ("https://A.example/, http://localhost:3000", .only(["https://a.example", "http://localhost:3000"])),
  ])
  func `origins are read as browsers write them`(text: String, origins: CORS.Origins) throws {
    let settings = Settings(environment: ["CORS_ORIGINS": text])
    #expect(try settings.read("CORS_ORIGINS", .origins) == origins)
  }

  @Test(arguments: [
    "a.example", "https://", "https://a.example/path", "*, https://a.example", "https://*.a.example",
  ])
  func `what is no origin is refused`(text: String) {
    let settings = Settings(environment: ["CORS_ORIGINS": text])
    #expect(throws: UsageError.self) { try settings.read("CORS_ORIGINS", .origins) }
  }
}
