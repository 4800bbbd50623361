import Commands
import Glibc
import HTTPClient
import Health
import Models
import Retrieval
import Setup

/// The checks of `ingest doctor`, from the file up to a search.
struct Examination {
  let place: CorpusSetup.Place
  let modelName: String?
  let settings: Settings

  /// For one check; a local model may have to be read from a slow disk.
  private let limit = Duration.seconds(20)

  func findings() async -> [Finding] {
    var findings = [tools()]
    let corpus: any CorpusStore
    do {
      corpus = try await CorpusSetup(settings: settings, client: HTTPClient()).open(place, access: .read)
      findings.append(.healthy("corpus", "'\(corpus.location)' opens."))
    } catch {
      findings.append(.broken("corpus", "\(error)", repair: repair(of: error)))
      return findings + [await model(nil), await chat()]
    }
    if let file = corpus as? Corpus {
      findings.append(await check("integrity") { try await integrity(file) })
      findings.append(await check("vectors") { try await vectors(file) })
    } else if let server = corpus as? QdrantCorpus {
      do {
        findings += try await server.findings(isThorough: true).map(Finding.init)
      } catch {
        findings.append(.broken("server", "\(error)", repair: repair(of: error)))
      }
    }
    findings += await changes(corpus)
    findings.append(await check("documents") { try await documents(corpus) })
    let model = await model(corpus)
    findings.append(model)
    findings.append(await chat())
    findings += await reranker()
    // Without its model a corpus is not searched, which would only say the same again.
    if model.status != .broken { findings.append(await check("search") { try await search(corpus) }) }
    return findings
  }

  /// What a command line needs to name the corpus.
  private var option: String {
    if case .file(let path) = place { return " --db \(path)" }
    return ""
  }

  private func repair(of error: any Error) -> String {
    if case .qdrant(let client, _) = place, (error as? CorpusError)?.code != .missing {
      return "ragserver health --qdrant \(client.endpoint.shownURL)"
    }
    // What is no corpus is somebody's file: nothing is to be added to it.
    if (error as? CorpusError)?.code == .notACorpus { return "ingest doctor --db FILE" }
    if (error as? CorpusError)?.code == .newer { return "ingest --version" }
    return damageRepair(error) ?? "ingest add PATH\(option)"
  }

  private func check(_ name: String, _ body: () async throws -> Finding) async -> Finding {
    do {
      return try await body()
    } catch {
      return .broken(name, "\(error)", repair: damageRepair(error) ?? "ingest status\(option)")
    }
  }

  /// What helps where a file's pages are damaged; nil where something else is wrong.
  private func damageRepair(_ error: any Error) -> String? {
    guard case .file(let path) = place, (error as? CorpusError)?.code == .damaged else { return nil }
    return "mv \(path) \(path).damaged && ingest add PATH\(option)"
  }

  private func tools() -> Finding {
    let folders = (settings["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
    let isThere = folders.contains { access("\($0)/pdftotext", X_OK) == 0 }
    return isThere
      ? .healthy("pdf", "pdftotext is installed.")
      : .warning(
        "pdf", "pdftotext is missing, PDF files cannot be read.", repair: "apt-get install poppler-utils")
  }

  private func integrity(_ corpus: Corpus) async throws -> Finding {
    let problems = try await corpus.integrityProblems()
    guard let first = problems.first else {
      return .healthy("integrity", "The file and its indexes are whole.")
    }
    let isIndex = problems.allSatisfy { $0.contains("lexical index") }
    return .broken(
      "integrity", "\(first)\(problems.count > 1 ? ", and \(problems.count - 1) more" : "").",
      repair: isIndex
        ? "ingest doctor --repair\(option)"
        : "mv \(corpus.path) \(corpus.path).damaged && ingest add PATH\(option)"
    )
  }

  private func documents(_ corpus: any CorpusStore) async throws -> Finding {
    let documents = try await corpus.documents()
    let broken = documents.filter { $0.status != .ready }
    if let first = broken.first {
      return .warning(
        "documents",
        "\(HumanText.count(broken.count, "document")) could not be read, the first is \(first.source): \(first.error ?? "")",
        repair: "ingest list --failed\(option)")
    }
    return Finding("documents", await CorpusCheck(corpus: corpus, model: nil).finding(within: limit))
  }

  /// The provider that writes answers, which without one are extractive.
  private func chat() async -> Finding {
    let setup = ChatSetup(settings: settings, client: HTTPClient())
    return Finding("chat", await ChatProviderCheck { try setup.model() }.finding(within: limit))
  }

  /// What puts passages in order; nothing is said where that is not wanted.
  private func reranker() async -> [Finding] {
    do {
      guard let model = try RerankSetup(settings: settings, client: HTTPClient()).model() else { return [] }
      return [Finding("reranker", await RerankCheck(model: model).finding(within: limit))]
    } catch {
      return [.warning("reranker", "\(error)", repair: "set RERANK_PROVIDER=none, or RERANK_MODEL_DIR")]
    }
  }

  private func vectors(_ corpus: Corpus) async throws -> Finding {
    let missing = try await corpus.chunksWithoutVector()
    guard missing > 0 else { return .healthy("vectors", "Every chunk has a vector.") }
    let model = try await corpus.fingerprint?.model ?? "MODEL"
    return .broken(
      "vectors", "\(HumanText.count(missing, "chunk")) without a vector: dense search does not find them.",
      repair: "ingest reembed --model \(model)\(option)")
  }

  /// A change of the model that was begun and not finished; nothing is said where there is none.
  private func changes(_ corpus: any CorpusStore) async -> [Finding] {
    do {
      guard let next = try await corpus.nextModel, let current = try await corpus.fingerprint else {
        return []
      }
      let left = try await corpus.textsWithoutVector(of: next)
      let name = next.fingerprint.model
      return [
        .warning(
          "reembed",
          "A change to \(next.fingerprint) broke off or is under way, with \(HumanText.count(left, "text")) to be "
            + "embedded. The command below goes on with it; 'ingest reembed --model \(current.model)\(option)' gives it "
            + "up, and 'ingest doctor --repair\(option)' then prunes its vectors.",
          repair: "ingest reembed --model \(name)\(option)")
      ]
    } catch {
      return [.broken("reembed", "\(error)", repair: damageRepair(error) ?? "ingest status\(option)")]
    }
  }

  private func model(_ corpus: (any CorpusStore)?) async -> Finding {
    let stored = try? await corpus?.fingerprint
    do {
      let model = try await EmbeddingSetup(settings: settings, client: HTTPClient()).model(
        modelName, corpus: stored)
      let fingerprint = model.fingerprint
      if let stored, stored.space != fingerprint {
        return .broken(
          "model", "The corpus was embedded with \(stored), the model in use is \(fingerprint).",
          repair: "ingest reembed --model \(fingerprint.model)\(option)")
      }
      return Finding("model", await EmbeddingCheck(model: model).finding(within: limit))
    } catch let error as LocalModelError {
      return .broken("model", "\(error)", repair: error.repair)
    } catch let error as UsageError {
      return .broken("model", error.message, repair: error.hint)
    } catch let error as ModelError {
      return .broken("model", error.message, repair: error.hint.isEmpty ? nil : error.hint)
    } catch {
      return .broken("model", "\(error)", repair: "scripts/fetch-model.sh")
    }
  }

  private func search(_ corpus: any CorpusStore) async throws -> Finding {
    guard let stored = try await corpus.fingerprint else {
      return .warning("search", "There is nothing to search.", repair: "ingest add PATH\(option)")
    }
    let model = try await EmbeddingSetup(settings: settings, client: HTTPClient()).model(
      of: stored, corpus: corpus.location)
    let result = try await Searcher(corpus: corpus, model: model).search(
      SearchQuery("What is this about?", limit: 1))
    return .healthy("search", "A search takes \(HumanText.fixed(result.milliseconds, digits: 1)) ms.")
  }
}
