import Answering
import HTTPServer
import Models
import Retrieval
import Synchronization

/// Counts what a server does since its start.
final class Metrics: Sendable {
  /// What a model was asked for.
  enum Purpose: String, Sendable { case chat, embedding, rerank }

  /// How far a search was reranked.
  enum RerankOutcome: String, Sendable {
    case whole, partial, degraded
    case leftOut = "left_out"
  }

  /// How a question was answered.
  enum AnswerKind: String, Sendable { case generative, extractive, degraded, refused, courtesy }

  struct RequestKey: Hashable, Sendable {
    /// A template, so that there are as many as routes.
    var route: String
    var method: String
    var status: Int
  }

  struct ModelKey: Hashable, Sendable {
    var purpose: Purpose
    var model: String
  }

  struct TokenKey: Hashable, Sendable {
    var model: String
    var kind: String
  }

  struct ErrorKey: Hashable, Sendable {
    var purpose: Purpose
    var provider: String
    var kind: ModelError.Kind
  }

  let requests = Sharded<RequestKey, Histogram>()
  let searches = Sharded<SearchMode, Histogram>()
  let reranks = Sharded<RerankOutcome, Int>()
  let modelCalls = Sharded<ModelKey, Histogram>()
  let firstTokens = Sharded<String, Histogram>()
  let answers = Sharded<AnswerKind, Int>()
  let tokens = Sharded<TokenKey, Int>()
  let searchUnits = Sharded<String, Int>()
  let dollars = Sharded<String, Double>()
  let errors = Sharded<ErrorKey, Int>()
  let uploads = Sharded<Upload.Status, Int>()
  private let streams = Atomic<Int>(0)
  private let server = Mutex<WeakServer>(WeakServer())

  private struct WeakServer {
    weak var server: HTTPServer?
  }

  /// Names the server whose connections are counted.
  func observe(_ server: HTTPServer) {
    self.server.withLock { $0.server = server }
  }

  var openStreams: Int { streams.load(ordering: .relaxed) }
  var openConnections: Int { server.withLock { $0.server }?.connectionCount ?? 0 }

  func record(_ entry: AccessLog.Entry) {
    let key = RequestKey(
      route: entry.route ?? "none", method: Self.label(entry.method), status: entry.status.code)
    requests.update(key, default: Histogram()) { $0.add(entry.duration) }
  }

  /// Clients choose methods freely; labels must not grow with what they choose.
  private static func label(_ method: HTTPMethod) -> String {
    switch method {
    case .get, .head, .post, .put, .patch, .delete, .options: method.name
    default: "other"
    }
  }

  func searched(_ mode: SearchMode, in duration: Duration) {
    searches.update(mode, default: Histogram()) { $0.add(duration) }
  }

  func reranked(_ report: RerankReport) {
    let outcome: RerankOutcome =
      report.leftOutUntil != nil
      ? .leftOut : report.degraded ? .degraded : report.scored < report.candidates ? .partial : .whole
    reranks.update(outcome, default: 0) { $0 += 1 }
  }

  func answered(_ answer: Answer) {
    let kind: AnswerKind =
      answer.isCourtesy
      ? .courtesy
      : !answer.answered
        ? .refused : answer.degraded ? .degraded : answer.model == nil ? .extractive : .generative
    answers.update(kind, default: 0) { $0 += 1 }
  }

  /// One call of a model, however it ended.
  func called(_ purpose: Purpose, model: String, in duration: Duration) {
    modelCalls.update(ModelKey(purpose: purpose, model: model), default: Histogram()) { $0.add(duration) }
  }

  func began(model: String, after duration: Duration) {
    firstTokens.update(model, default: Histogram()) { $0.add(duration) }
  }

  func used(_ usage: Usage, model: String) {
    for (kind, count) in [
      ("prompt", usage.promptTokens), ("completion", usage.completionTokens), ("cached", usage.cachedTokens),
    ] where count > 0 {
      tokens.update(TokenKey(model: model, kind: kind), default: 0) { $0 += count }
    }
    if let cost = usage.cost(of: model), cost > 0 { dollars.update(model, default: 0) { $0 += cost } }
  }

  /// Searches that a reranker's provider bills.
  func searched(_ units: Int, model: String) {
    searchUnits.update(model, default: 0) { $0 += units }
    if let cost = KnownModel.cost(of: model, searchUnits: units), cost > 0 {
      dollars.update(model, default: 0) { $0 += cost }
    }
  }

  /// An error of a provider; one's own cancellation is none.
  func failed(_ purpose: Purpose, _ error: any Error) {
    guard let error = error as? ModelError, error.kind != .cancelled else { return }
    let key = ErrorKey(purpose: purpose, provider: error.provider, kind: error.kind)
    errors.update(key, default: 0) { $0 += 1 }
  }

  func uploaded(_ status: Upload.Status) {
    uploads.update(status, default: 0) { $0 += 1 }
  }

  func streamBegan() { streams.add(1, ordering: .relaxed) }
  func streamEnded() { streams.subtract(1, ordering: .relaxed) }
}
