import Commands

/// A program in the shape of `ingest`, with one of everything.
enum Sample {
  enum Mode: String, CaseIterable, Sendable { case hybrid, dense, lexical }

  static let database = Option(
    "db", .path, default: "footnote.db", environment: "FOOTNOTE_DB", "The corpus database")

  static let sources = Argument(variadic: "PATH|URL", .text, "Files, folders and web pages to add")
  static let collection = Option(
    "collection", short: "c", .text.named("NAME"), "Put the documents into this collection")
  static let tags = Option(
    repeated: "tag", short: "t", .text.named("TAG"), environment: "TAGS", "Mark the documents with a tag")
  static let include = Option(repeated: "include", .glob, "Add only files that match")
  static let dryRun = Flag("dry-run", short: "n", "Say what would be done and do nothing")
  static let ocr = Flag("ocr", default: true, "Read scanned pages")
  static let watch = Flag("watch", short: "w", environment: "WATCH", "Go on and add what changes")
  static let pause = Option(
    "pause", .duration(in: .zero ... .seconds(60)), default: .milliseconds(500),
    "Wait this long between two pages of a website, so that its server is not troubled by us")
  static let memory = Option("memory", .byteCount, default: 64 << 20, "Keep at most this much in memory")

  static let question = Argument(words: "QUESTION", "What to look for")
  static let limit = Option("limit", short: "k", .integer(in: 1...1000), default: 10, "Passages to show")
  static let mode = Option("mode", .choice(of: Mode.self), default: .hybrid, "How to search")
  static let json = Flag("json", "Write JSON")

  static let host = Option("host", .text, default: "127.0.0.1", environment: "HOST", "Listen on this address")
  static let port = Option("port", .port, default: 8080, environment: "PORT", "Listen on this port")
  static let apiKey = Option(
    "api-key", .secret, environment: "SAMPLE_API_KEY", shownDefault: "none", "The provider's key")
  static let target = Argument(optional: "URL", .url, "The address to check")
  static let model = Option(required: "model", .text.named("MODEL"), environment: "MODEL", "The model to use")
  static let pattern = Argument("NAME", .text, "The model's name")

  static func nothing(_ invocation: Invocation) -> ExitCode { .success }

  static let add = Command(
    "add", "Adds documents, or brings them up to date.",
    discussion: """
      Documents that have not changed since they were added cost nothing. Those that have gone from a folder \
      are removed.

      A document that cannot be read is reported and does not stop the others.
      """,
    parameters: [sources, collection, tags, include, dryRun, ocr, watch, pause, memory],
    variables: [EnvironmentVariable("OPENAI_API_KEY", "Key of the embedding provider, if it is not local")],
    examples: [
      Example("Add a folder and all below it:", "ingest add docs/"),
      Example("Add a website, politely:", "ingest add https://example.org --pause 2s"),
    ], run: nothing)

  static let search = Command(
    "search", aliases: ["find"], "Shows the passages that fit a question best.",
    parameters: [question, limit, mode, json], run: nothing)

  static let root = Command(
    "ingest", "Turns documents into a corpus that can be searched.", shared: [database],
    commands: [
      add, search, Command("list", "Lists the documents.", parameters: [json], run: nothing),
      Command("reembed", "Embeds everything anew.", parameters: [model], run: nothing),
      Command(
        "model", "Manages local models.",
        commands: [Command("pull", "Fetches a model.", parameters: [pattern], run: nothing)]),
    ])

  static let program = Program(root, version: "0.1.0")

  /// In the shape of `ragserver`: it does something itself and has commands.
  static let server = Program(
    Command(
      "ragserver", "Answers questions over HTTP.", parameters: [host, port, apiKey],
      commands: [Command("check", "Checks a running server.", parameters: [target], run: nothing)],
      run: nothing), version: "0.1.0")
}
