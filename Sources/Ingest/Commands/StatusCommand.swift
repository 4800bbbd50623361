import Commands
import Retrieval

/// `ingest status`: the corpus in numbers.
enum StatusCommand {
  static let command = Command(
    "status", "Say what the corpus holds.", parameters: [CorpusOptions.database, CorpusOptions.json], run: run
  )

  static func run(_ invocation: Invocation) async throws -> ExitCode {
    let corpus = try await CorpusOptions.open(invocation, access: .read)
    let status = try await corpus.status()
    let sites = try await SiteLinkBook.load(from: corpus).entries
    if invocation[CorpusOptions.json] {
      try invocation.output.json(Report(status: status, sites: sites))
      return .success
    }
    let broken = [(status.failed, "failed"), (status.outdated, "outdated")].filter { $0.0 > 0 }
      .map { "\(HumanText.count($0.0)) \($0.1)" }.joined(separator: ", ")
    var lines = [
      "Corpus      \(status.path)\(status.bytes > 0 ? " (\(HumanText.bytes(status.bytes)))" : "")",
      "Model       \(status.model.map(\.description) ?? "none yet")",
      "Documents   \(HumanText.count(status.documents))\(broken.isEmpty ? "" : " (\(broken))")",
      "Chunks      \(HumanText.count(status.chunks))",
      "Embeddings  \(HumanText.count(status.embeddings))",
    ]
    for collection in status.collections {
      lines.append(
        "Collection  \(collection.name): \(HumanText.count(collection.documents, "document")), "
          + HumanText.count(collection.chunks, "chunk"))
    }
    for site in sites {
      lines.append(
        "Website     \(site.root) of \(site.collection): \(site.links.base) (\(site.links.style.rawValue))")
    }
    try invocation.output.line(lines.joined(separator: "\n"))
    return .success
  }

  /// What `--json` prints: the numbers, and where folders stand on the web.
  private struct Report: Encodable {
    struct Site: Encodable {
      var collection: String
      var root: String
      var base: String
      var style: SiteLinks.Style
    }

    enum CodingKeys: CodingKey { case sites }

    var status: CorpusStatus
    var sites: [Site]

    init(status: CorpusStatus, sites: [SiteLinkBook.Entry]) {
      self.status = status
      self.sites = sites.map {
        Site(collection: $0.collection, root: $0.root, base: $0.links.base, style: $0.links.style)
      }
    }

    func encode(to encoder: any Encoder) throws {
      try status.encode(to: encoder)
      var members = encoder.container(keyedBy: CodingKeys.self)
      try members.encode(sites, forKey: .sites)
    }
  }
}
