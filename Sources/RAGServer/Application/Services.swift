import Accounts
import Answering
import Commands
import HTTPServer
import Health
import Models
import Retrieval
import State

/// The parts of the server that routes are made of.
struct Services: Sendable {
  /// Variables as they are now: a changed `.env` takes effect at the next reading.
  let settings: Settings
  let corpus: any CorpusStore
  /// The corpus's embedding model.
  let model: any EmbeddingModel
  let searcher: Searcher
  let answerer: Answerer
  let chat: ChatService
  let state: State
  let health: HealthMonitor
  let metrics: Metrics
  let requests: RequestLog
  let callers: Callers
  let limits: Limits
  let signIn: SignIn
  let signingKey: SigningKey
  let uploads: UploadWorker
  let intake: Intake
  let reports: ReportVolume
  let configuration: ApplicationConfiguration

  var searchAccounts: SearchAccounts {
    SearchAccounts(limits: limits, records: state.records, report: requests.note)
  }
}
