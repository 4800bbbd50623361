import Commands
import Setup

/// What `ingest` can do.
public enum IngestProgram {
  public static let version = "0.1.0"

  public static let program = Program(
    Command(
      "ingest", "Turn documents into a corpus that answers questions with footnotes.",
      discussion: """
        A corpus is one SQLite file. Documents are parsed, cut into chunks along their structure, embedded and \
        indexed; running the same command again embeds nothing twice. Without any key, a local model embeds and \
        answers are sentences of the documents themselves.
        """,
      variables: EmbeddingSetup.variables + CorpusSetup.variables + RerankSetup.variables + Output.variables,
      examples: [
        Example("Take in a folder", "ingest add docs/"),
        Example("Ask it something", "ingest ask What is humanoid robotics?"),
      ],
      commands: [
        AddCommand.command, ListCommand.command, RemoveCommand.command, StatusCommand.command,
        ShowCommand.command, SearchCommand.command, AskCommand.command, EmbedCommand.command,
        MCPCommand.command, ReembedCommand.command, CopyCommand.command, SnapshotCommand.command,
        DoctorCommand.command, EvalCommand.command, ModelCommand.command,
      ]),
    version: version, knownVariables: KnownVariables.names)
}
