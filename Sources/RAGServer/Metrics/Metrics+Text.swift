import Models
import Retrieval

extension Metrics {
  /// Everything that is counted, for a scraper.
  ///
  /// - Parameter corpus: what the corpus holds; nil if that cannot be told just now.
  func text(corpus: CorpusStatus?, version: String) -> String {
    var text = MetricsText()
    text.family(
      "footnote_build_info", .gauge, "The version that runs.", [(["version": version], 1)])
    writeRequests(to: &text)
    writeModels(to: &text)
    writeUploads(to: &text)
    if let corpus {
      text.gauge("footnote_corpus_documents", "Documents in the corpus.", Double(corpus.documents))
      text.gauge(
        "footnote_corpus_failed_documents", "Documents that could not be read.", Double(corpus.failed))
      text.gauge("footnote_corpus_chunks", "Chunks in the corpus.", Double(corpus.chunks))
      text.gauge("footnote_corpus_generation", "Committed changes of the corpus.", Double(corpus.generation))
      text.gauge("footnote_corpus_bytes", "Size of the corpus's files.", Double(corpus.bytes))
    }
    writeProcess(to: &text)
    return text.text
  }

  private func writeRequests(to text: inout MetricsText) {
    let requests = requests.merged { $0.add($1) }
    let keys = requests.keys.sorted { ($0.route, $0.method, $0.status) < ($1.route, $1.method, $1.status) }
    text.family(
      "footnote_http_requests_total", .counter, "Answered requests.",
      keys.map { key in
        (
          ["route": key.route, "method": key.method, "status": "\(key.status)"],
          Double(requests[key]?.count ?? 0)
        )
      })
    text.histograms(
      "footnote_http_request_duration_seconds", "From the end of a request's head to its last byte.",
      keys.compactMap { key in
        requests[key].map {
          (["route": key.route, "method": key.method, "status": "\(key.status)"], $0)
        }
      })
    text.gauge("footnote_http_connections", "Open connections.", Double(openConnections))
    text.gauge("footnote_http_streams", "Streams that are being sent.", Double(openStreams))
    let searches = searches.merged { $0.add($1) }
    text.histograms(
      "footnote_retrieval_duration_seconds", "Searches, the embedding of the question included.",
      searches.sorted { $0.key.rawValue < $1.key.rawValue }.map { (["mode": $0.key.rawValue], $0.value) })
    text.family(
      "footnote_reranks_total", .counter, "Searches by how far they were reranked.",
      reranks.merged(+=).sorted { $0.key.rawValue < $1.key.rawValue }
        .map { (["outcome": $0.key.rawValue], Double($0.value)) })
    text.family(
      "footnote_answers_total", .counter, "Questions by how they were answered.",
      answers.merged(+=).sorted { $0.key.rawValue < $1.key.rawValue }
        .map { (["kind": $0.key.rawValue], Double($0.value)) })
  }

  private func writeUploads(to text: inout MetricsText) {
    text.family(
      "footnote_uploads_total", .counter, "Uploads by how they ended.",
      uploads.merged(+=).sorted { $0.key.rawValue < $1.key.rawValue }
        .map { (["status": $0.key.rawValue], Double($0.value)) })
  }

  private func writeModels(to text: inout MetricsText) {
    let calls = modelCalls.merged { $0.add($1) }
    text.histograms(
      "footnote_model_duration_seconds", "Calls of models.",
      calls.sorted { ($0.key.purpose.rawValue, $0.key.model) < ($1.key.purpose.rawValue, $1.key.model) }
        .map { (["purpose": $0.key.purpose.rawValue, "model": $0.key.model], $0.value) })
    text.histograms(
      "footnote_model_first_token_seconds", "From a chat model's call to its first token.",
      firstTokens.merged { $0.add($1) }.sorted { $0.key < $1.key }.map { (["model": $0.key], $0.value) })
    text.family(
      "footnote_model_tokens_total", .counter,
      "Tokens that providers counted, estimated where an answer was broken off; cached ones are prompt tokens too.",
      tokens.merged(+=).sorted { ($0.key.model, $0.key.kind) < ($1.key.model, $1.key.kind) }
        .map { (["model": $0.key.model, "kind": $0.key.kind], Double($0.value)) })
    text.family(
      "footnote_model_search_units_total", .counter, "Searches that rerankers' providers bill.",
      searchUnits.merged(+=).sorted { $0.key < $1.key }.map { (["model": $0.key], Double($0.value)) })
    text.family(
      "footnote_model_cost_dollars_total", .counter, "United States dollars by list prices.",
      dollars.merged(+=).sorted { $0.key < $1.key }.map { (["model": $0.key], $0.value) })
    let errors = errors.merged(+=)
    text.family(
      "footnote_upstream_errors_total", .counter, "Failed calls of models by kind of error.",
      errors.sorted {
        ($0.key.purpose.rawValue, $0.key.provider, $0.key.kind.rawValue)
          < ($1.key.purpose.rawValue, $1.key.provider, $1.key.kind.rawValue)
      }.map { key, count in
        (
          ["purpose": key.purpose.rawValue, "provider": key.provider, "kind": key.kind.rawValue],
          Double(count)
        )
      })
  }

  private func writeProcess(to text: inout MetricsText) {
    let process = ProcessNumbers()
    text.gauge("process_resident_memory_bytes", "Memory in use.", process.residentBytes)
    text.gauge("process_virtual_memory_bytes", "Address space.", process.virtualBytes)
    text.family(
      "process_cpu_seconds_total", .counter, "Processor time.", [([:], process.processorSeconds)])
    text.gauge("process_start_time_seconds", "When the process started, since 1970.", process.startTime)
    text.gauge("process_threads", "Threads.", process.threads)
    text.gauge("process_open_fds", "Open file descriptors.", process.openDescriptors)
  }
}
