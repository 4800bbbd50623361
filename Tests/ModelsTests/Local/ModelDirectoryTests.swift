import FoundationEssentials
import TestSupport
import Testing

@testable import Models

struct ModelDirectoryTests {
  @Test(arguments: [
    (
      nil, ["HOME": "/home/x"], "/home/x/.cache/footnote/models/all-MiniLM-L6-v2", "all-MiniLM-L6-v2",
      "standard"
    ),
    (
      nil, ["HOME": "/home/x", "XDG_CACHE_HOME": "/c"], "/c/footnote/models/all-MiniLM-L6-v2",
      "all-MiniLM-L6-v2", "standard"
    ),
    (
      nil, ["FOOTNOTE_MODEL_DIR": "/m/bge-small//", "HOME": "/h"], "/m/bge-small", "bge-small", "environment"
    ),
    (
      nil, ["FOOTNOTE_MODEL_DIR": "", "HOME": "/h"], "/h/.cache/footnote/models/all-MiniLM-L6-v2",
      "all-MiniLM-L6-v2", "standard"
    ),
    (nil, ["FOOTNOTE_MODEL_DIR": "~/m/own", "HOME": "/h"], "/h/m/own", "own", "environment"),
    ("~/m/e5", ["HOME": "/h"], "/h/m/e5", "e5", "flag"),
    ("e5", ["XDG_CACHE_HOME": "~/c", "HOME": "/h"], "/h/c/footnote/models/e5", "e5", "flag"),
    ("./here/e5", ["FOOTNOTE_MODEL_DIR": "/m"], "./here/e5", "e5", "flag"),
    (
      "e5-small", ["FOOTNOTE_MODEL_DIR": "/m", "HOME": "/h"], "/h/.cache/footnote/models/e5-small",
      "e5-small", "flag"
    ),
  ])
  func `a flag wins over the environment and that over the default place`(
    model: String?, environment: [String: String], path: String, name: String, source: String
  ) {
    let directory = ModelDirectory.expected(model, environment: environment)
    #expect(directory.path == path)
    #expect(directory.name == name)
    #expect("\(directory.source)" == source)
  }

  @Test(arguments: [
    ("/nowhere/e5-small", [:], "--model or EMBEDDING_MODEL", "ingest model pull e5-small"),
    ("all-MiniLM-L6-v2", ["HOME": "/nowhere"], "--model or EMBEDDING_MODEL", "scripts/fetch-model.sh"),
    (nil, ["HOME": "/nowhere"], "the default place", "scripts/fetch-model.sh"),
    (nil, ["FOOTNOTE_MODEL_DIR": "/nowhere/own"], "FOOTNOTE_MODEL_DIR", "scripts/fetch-model.sh"),
    (
      "multilingual-e5-small", ["HOME": "/nowhere"], "--model or EMBEDDING_MODEL",
      "scripts/fetch-model.sh multilingual-e5-small"
    ),
    // There the script would not put it.
    (
      "/nowhere/multilingual-e5-small", [:], "--model or EMBEDDING_MODEL",
      "ingest model pull multilingual-e5-small"
    ),
  ])
  func `a missing model says which command fetches it`(
    model: String?, environment: [String: String], source: String, command: String
  ) {
    let path = ModelDirectory.expected(model, environment: environment).path
    let other = source.hasPrefix("--model") ? "--model" : "FOOTNOTE_MODEL_DIR"
    #expect {
      try ModelDirectory.locate(model, environment: environment)
    } throws: {
      "\($0)" == """
        There is no embedding model in '\(path)' (\(source)): there is no such folder. \
        Run '\(command)', or name another directory with \(other).
        """
    }
  }

  @Test func `an installed model is found`() throws {
    let folder = ModelFolder()
    TinyModel().write(to: folder)
    let directory = try ModelDirectory.locate(environment: ["FOOTNOTE_MODEL_DIR": folder.path])
    #expect(directory.path == folder.path)
  }

  private func fault(_ variable: String) throws -> LocalModelError {
    try #require(throws: LocalModelError.self) {
      try ModelDirectory.locate(environment: ["FOOTNOTE_MODEL_DIR": variable])
    }
  }

  @Test(arguments: ["small", "a/b/small"])
  func `a folder above a model names that one`(place: String) throws {
    let folder = ModelFolder()
    folder.write("notes.md", "text")
    let below = "\(folder.path)/\(place)"
    try FileManager.default.createDirectory(atPath: below + "/1_Pooling", withIntermediateDirectories: true)
    // The folders of a model's parts have a file of that name too.
    folder.write("\(place)/1_Pooling/config.json", "{}")
    #expect(!(try fault(folder.path)).description.contains("There is one in"))
    for file in ["config.json", "model.safetensors"] { folder.write("\(place)/\(file)", "{}") }
    let error = try fault(folder.path)
    #expect(
      error.description == """
        There is no embedding model in '\(folder.path)' (FOOTNOTE_MODEL_DIR): it holds no config.json. There is one in \
        '\(folder.path)/\(place)': name that folder with FOOTNOTE_MODEL_DIR.
        """)
    #expect(error.repair == "export FOOTNOTE_MODEL_DIR=\(folder.path)/\(place)")
    let found = try ModelDirectory.locate(environment: ["FOOTNOTE_MODEL_DIR": "\(folder.path)/\(place)"])
    #expect(found.holdsModel)
  }

  @Test func `nothing is fetched into a folder of other things`() throws {
    let folder = ModelFolder()
    folder.write("notes.md", "text")
    let error = try fault(folder.path)
    #expect(
      error.description == """
        There is no embedding model in '\(folder.path)' (FOOTNOTE_MODEL_DIR): it holds no config.json. Name a folder with \
        config.json, model.safetensors and its tokenizer, or unset FOOTNOTE_MODEL_DIR and run 'scripts/fetch-model.sh'.
        """)
    #expect(error.repair == "unset FOOTNOTE_MODEL_DIR")
    let file = try fault(folder.path + "/notes.md")
    #expect(file.description.contains("it is a file and no folder. Name a folder with"))
    let flagged = try #require(throws: LocalModelError.self) {
      try ModelDirectory.locate(folder.path, environment: [:])
    }
    #expect(flagged.description.hasSuffix("and its tokenizer with --model.") && flagged.repair == nil)
  }
}
