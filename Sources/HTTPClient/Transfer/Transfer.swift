internal import CCurl
import Synchronization

/// One request on its way: shared by the task that waits and the thread that runs libcurl.
///
/// Unchecked because the members below `easy` are touched on the loop's thread only; the rest is immutable
/// or behind the mutex.
final class Transfer: @unchecked Sendable {
  typealias HeadContinuation = CheckedContinuation<Result<HTTPResponseHead, HTTPClientError>, Never>
  typealias ChunkContinuation = CheckedContinuation<Result<[UInt8]?, HTTPClientError>, Never>
  typealias State = TransferState<HeadContinuation, ChunkContinuation>

  let request: HTTPRequest
  let target: RequestTarget
  /// Keeps the loop running while a transfer needs it.
  let client: HTTPClient
  private let state: Mutex<State>
  private let timings = Mutex(HTTPTimings())

  // The loop's thread only.
  var easy: EasyHandle?
  var headParser: ResponseHeadParser
  var receivedBytes = 0
  /// Why a callback of ours stopped the transfer; libcurl only says that one did.
  var rejection: HTTPClientError?
  /// Whether an address was not connected to because of the request's policy.
  var metForbiddenAddress = false
  /// When the peer last gave a sign of life; nil while its bytes wait for our reader.
  var lastActivity: ContinuousClock.Instant?
  var sentBytes = 0

  init(_ request: HTTPRequest, client: HTTPClient, delivery: State.Delivery) throws(HTTPClientError) {
    self.request = request
    self.client = client
    target = try RequestTarget(method: request.method, url: request.url)
    try request.headers.checkFields(for: target)
    headParser = ResponseHeadParser(redirects: request.redirects)
    state = Mutex(State(delivery: delivery))
  }

  var idleTimeout: Duration { request.idleTimeout ?? client.configuration.idleTimeout }
  var maximumResponseBytes: Int { request.maximumResponseBytes ?? client.configuration.maximumResponseBytes }
  var isFinished: Bool { state.withLock { $0.outcome != nil } }

  // MARK: The reader's side

  /// Hands the transfer to the loop and waits for the head of the answer.
  func start() async -> Result<HTTPResponseHead, HTTPClientError> {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        // A cancellation that came first has settled the state: then nothing is started. One that comes
        // between these two steps is seen by the loop, which skips finished transfers.
        if let wakeup = state.withLock({ $0.awaitHead(continuation) }) {
          wakeup.resume()
        } else if !client.loop.enqueue(.start(self)) {
          finish(.failure(HTTPClientError(.closed, "\(target.description): the HTTP client was shut down.")))
        }
      }
    } onCancel: {
      cancel()
    }
  }

  func nextChunk() async -> Result<[UInt8]?, HTTPClientError> {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let (wakeup, resumes) = state.withLock { $0.awaitChunk(continuation) }
        wakeup?.resume()
        if resumes { _ = client.loop.enqueue(.resume(self)) }
      }
    } onCancel: {
      cancel()
    }
  }

  /// Ends the wait of the reader at once and the transfer soon after; nothing happens if it has ended.
  func cancel() {
    let (wakeup, stops) = state.withLock { $0.cancel() }
    wakeup?.resume()
    if stops { _ = client.loop.enqueue(.cancel(self)) }
  }

  /// How long the steps took, once the transfer has ended.
  var measured: HTTPTimings { timings.withLock { $0 } }

  // MARK: The loop's side

  func note(_ timings: HTTPTimings) { self.timings.withLock { $0 = timings } }

  func finish(_ result: Result<Void, HTTPClientError>) {
    state.withLock { $0.finish(result) }?.resume()
  }

  /// Takes a header line; false stops the transfer.
  func receive(headerLine: UnsafeRawBufferPointer) -> Bool {
    lastActivity = .now
    do throws(HTTPClientError) {
      if let head = try headParser.consume(headerLine) {
        state.withLock { $0.receive(head: head) }?.resume()
      }
      return true
    } catch {
      rejection = HTTPClientError(error.code, "\(target.description): \(error.description).")
      return false
    }
  }

  /// Takes body bytes and tells libcurl how many were used: all, none (which stops it), or "pause".
  func receive(body: UnsafeRawBufferPointer) -> Int {
    // The body of an answer that is redirected.
    guard headParser.isComplete else { return body.count }
    guard receivedBytes + body.count <= maximumResponseBytes else {
      rejection = tooLarge
      return 0
    }
    let bytes = [UInt8](body)
    switch state.withLock({ $0.receive(bytes) }) {
    case .accepted(let wakeup):
      receivedBytes += body.count
      lastActivity = .now
      wakeup?.resume()
      return body.count
    case .pause:
      lastActivity = nil
      return curl_shim_write_pause()
    case .refused:
      return 0
    }
  }

  var tooLarge: HTTPClientError {
    HTTPClientError(
      .tooLarge, "\(target.description): the answer is larger than \(maximumResponseBytes) bytes.")
  }
}

extension TransferState.Wakeup
where Head == Transfer.HeadContinuation, Chunk == Transfer.ChunkContinuation {
  func resume() {
    switch self {
    case .head(let continuation, let result): continuation.resume(returning: result)
    case .chunk(let continuation, let result): continuation.resume(returning: result)
    }
  }
}

extension HTTPHeaders {
  /// A line break in a key that was pasted with one would start a new header field.
  fileprivate func checkFields(for target: RequestTarget) throws(HTTPClientError) {
    for (name, value) in fields {
      let nameIsGood = !name.isEmpty && name.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x3A }
      let valueIsGood = value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }
      guard nameIsGood, valueIsGood else {
        throw HTTPClientError(
          .badHeader,
          "\(target.description): the header '\(nameIsGood ? name : "?")' has a line break or another "
            + "control character in it.")
      }
    }
  }
}
