import FoundationEssentials
import HTTPServer
import State

/// Keeps one address from filling the state through routes that anybody may call.
struct PublicLimit: Middleware {
  let limits: any LimitStore
  var window = LimitWindow(limit: 240, duration: .seconds(60))

  func respond(to request: Request, next: @escaping Endpoint) async throws -> Response {
    let decision = try await limits.use(
      "public:\(request.clientAddress)", cost: 1, windows: [window], at: Date(), force: false)
    guard decision.isAllowed else {
      let seconds = max(1, Int((decision.wait / .seconds(1)).rounded(.up)))
      throw HTTPError(
        .tooManyRequests, code: "rate_limited", message: "Too many requests came from this address.",
        hint: "Wait \(seconds) s.", headers: ["Retry-After": "\(seconds)"])
    }
    return try await next(request)
  }
}
