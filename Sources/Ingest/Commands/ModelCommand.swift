import Commands
import HTTPClient
import Models
import Setup

/// `ingest model`: local embedding models.
enum ModelCommand {
  static let command = Command(
    "model", "Fetch local embedding models and say which one is in use.", commands: [pull, path])

  static let name = Argument(
    "NAME", .text, "Name of the model at the hub, such as 'sentence-transformers/all-MiniLM-L6-v2'.")
  static let hub = Option(
    "hub", .url, environment: "FOOTNOTE_HUB", shownDefault: "none",
    "Address of a model hub that serves NAME/resolve/main/FILE.")
  static let force = Flag("force", "Fetch again what is there.")

  static let pull = Command(
    "pull", "Fetch a model from a hub.",
    discussion: """
      Fetches the files of a model in Hugging Face layout into the folder of local models. Each file is written \
      beside its place and moved there when it is complete.
      """,
    parameters: [name, hub, force],
    examples: [
      Example(
        "From a mirror in the house",
        "ingest model pull sentence-transformers/all-MiniLM-L6-v2 --hub https://hub.example")
    ]
  ) { invocation in
    guard let hub = invocation[hub] else {
      throw UsageError(
        "No model hub is named.",
        hint:
          "Name one with --hub or FOOTNOTE_HUB; scripts/fetch-model.sh gets the default model, or multilingual-e5-small, without a hub."
      )
    }
    let name = invocation[name]
    let short = name.split(separator: "/").last.map(String.init) ?? name
    let directory = ModelDirectory.expected(
      short, environment: ModelSettings.environment(invocation.settings))
    let download = ModelDownload(
      hub: hub, model: name, directory: directory.path, replaces: invocation[force], client: HTTPClient(),
      log: invocation.log)
    try await download.run()
    try invocation.output.line(directory.path)
    return .success
  }

  static let path = Command(
    "path", "Print the folder of the model in use.", parameters: [CorpusOptions.model]
  ) { invocation in
    let directory = try ModelDirectory.locate(
      invocation[CorpusOptions.model] ?? invocation.settings["EMBEDDING_MODEL"],
      environment: ModelSettings.environment(invocation.settings))
    try invocation.output.line(directory.path)
    return .success
  }
}
