import FoundationEssentials
import HTTPServer
import TestSupport
import Testing

@testable import RAGServer

@Suite struct PageFileTests {
  @Test func `every file of the folders is in the program as it is on disk`() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../Sources/RAGServer/Pages").standardizedFileURL.path(percentEncoded: false)
    let base = folder.hasSuffix("/") ? folder : folder + "/"
    let paths = try FileManager.default.subpathsOfDirectory(atPath: base).filter { path in
      ["html", "css", "js", "svg"].contains { path.hasSuffix(".\($0)") }
    }
    #expect(Set(paths) == Set(PageFile.all.keys))
    for path in paths {
      #expect(try PageFile.all[path]?.bytes == Array(Data(contentsOf: URL(filePath: base + path))), "\(path)")
    }
  }

  @Test func `each page loads files that are there`() throws {
    for (path, file) in PageFile.all {
      let folder = path.split(separator: "/").dropLast().joined(separator: "/")
      for part in file.text.split(separator: "\"").map(String.init) {
        if part.hasPrefix("/pages/") {
          #expect(PageFile.all[String(part.dropFirst(7))] != nil, "\(path): \(part)")
        } else if path.hasSuffix(".js"), part.hasPrefix("./"), part.hasSuffix(".js") {
          #expect(PageFile.all["\(folder)/\(part.dropFirst(2))"] != nil, "\(path): \(part)")
        } else if path.hasSuffix(".js"), part.hasPrefix("../"), part.hasSuffix(".js") {
          #expect(PageFile.all[String(part.dropFirst(3))] != nil, "\(path): \(part)")
        }
      }
    }
  }

  @Test func `no script makes markup of text, and no page holds code or styles`() {
    for (path, file) in PageFile.all {
      for way in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "DOMParser"] {
        #expect(!file.text.contains(way), "\(path) uses \(way)")
      }
      guard path.hasSuffix(".html") else { continue }
      for way in ["<style", " style=", " onclick=", "javascript:", "http://", "https://"] {
        #expect(!file.text.contains(way), "\(path) uses \(way)")
      }
    }
  }

  @Test(arguments: [("chat/", 100_000), ("console/", 100_000), ("docs/", 60_000)])
  func `a page with all that it loads is small`(folder: String, limit: Int) {
    let size = PageFile.all.values
      .filter { $0.path.hasPrefix(folder) || $0.path.hasPrefix("parts/") }.reduce(0) { $0 + $1.bytes.count }
    #expect(size < limit, "\(folder) has \(size) bytes")
  }

  @Test(arguments: [
    ("/", "text/html; charset=utf-8"), ("/pages/chat/main.js", "text/javascript; charset=utf-8"),
    ("/pages/parts/base.css", "text/css; charset=utf-8"), ("/pages/parts/icon.svg", "image/svg+xml"),
  ])
  func `a file is sent with its type, and again only when it has changed`(
    path: String, type: String
  ) async throws {
    try await withRAGServer { server in
      let first = try await server.send("GET", path)
      let tag = try #require(first.header("ETag"))
      #expect(first.status == 200 && first.header("Content-Type") == type && !first.body.isEmpty)
      #expect(first.header("Cache-Control") == "no-cache")
      #expect(first.header("X-Content-Type-Options") == "nosniff")
      for known in [tag, "\"other\", W/\(tag)", "*"] {
        let again = try await server.send("GET", path, headers: ["If-None-Match: \(known)"])
        #expect(again.status == 304 && again.body.isEmpty && again.header("ETag") == tag)
      }
      let other = try await server.send("GET", path, headers: ["If-None-Match: \"other\""])
      #expect(other.status == 200)
    }
  }

  @Test(arguments: ["/", "/admin", "/docs"])
  func `a page loads one script and one style sheet, which a browser keeps`(path: String) async throws {
    try await withRAGServer { server in
      let page = try await server.send("GET", path)
      #expect(page.header("Cache-Control") == "no-cache")
      let loaded = page.text.split(separator: "\"").filter { $0.hasPrefix("/pages/") }.map(String.init)
      #expect(Set(loaded.compactMap { $0.split(separator: ".").last }) == ["js", "css", "svg"])
      #expect(loaded.count == 3, "\(loaded)")
      for part in loaded where !part.hasSuffix(".svg") {
        let file = try await server.send("GET", part)
        let type = part.hasSuffix(".js") ? "text/javascript; charset=utf-8" : "text/css; charset=utf-8"
        #expect(file.status == 200 && file.header("Content-Type") == type)
        #expect(file.header("Cache-Control") == "public, max-age=31536000, immutable")
        #expect(!file.text.contains("\nimport ") && !file.text.contains("\nexport "))
      }
    }
  }

  @Test func `a bundle holds each module once, after those that it imports`() throws {
    for (root, names) in [
      ("chat/main.js", ["element", "markdown", "Turn", "openPassage"]),
      ("console/main.js", ["plot", "Service"]),
      ("docs/main.js", ["element"]), ("widget/main.js", ["style", "WidgetTurn"]),
    ] {
      let text = ScriptBundle.text(of: root)
      let lines = text.split(separator: "\n")
      let modules = lines.filter { $0.hasPrefix("const m") && $0.hasSuffix(" = (() => {") }
      #expect(modules.enumerated().allSatisfy { $1.hasPrefix("const m\($0) =") })
      var known: Set<Substring> = []
      for line in lines {
        if line.hasPrefix("const { "), let name = line.split(separator: " ").last?.dropLast(),
          name.hasPrefix("m"), name.dropFirst().allSatisfy(\.isNumber)
        {
          #expect(known.contains(name), "\(root): \(line)")
        }
        if line.hasPrefix("const m"), line.hasSuffix(" = (() => {") {
          known.insert(line.split(separator: " ")[1])
        }
      }
      let exported = lines.filter { $0.hasPrefix("return { ") && $0.hasSuffix(" };") }.joined()
      for name in names { #expect(exported.contains(name), "\(root): \(name)") }
      #expect(text.utf8.count < PageFile.all.values.reduce(0) { $0 + $1.bytes.count } / 2)
    }
  }

  @Test func `a page runs nothing but the server's own files`() async throws {
    try await withRAGServer { server in
      let policy = try #require(try await server.send("GET", "/").header("Content-Security-Policy"))
      #expect(policy.hasPrefix("default-src 'none'; script-src 'self'; style-src 'self';"))
      #expect(!policy.contains("unsafe") && policy.contains("frame-ancestors 'none'"))
    }
  }
}
