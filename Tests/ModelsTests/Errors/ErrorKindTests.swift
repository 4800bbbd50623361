import HTTPClient
import Testing

@testable import Models

/// The refusals that the providers' documentation and users' reports show.
@Suite("Error classification")
struct ErrorKindTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let status: Int
    let body: String
    let kind: ModelError.Kind
    var headers: HTTPHeaders = [:]
    var retryAfter: Duration?
    var isRetryable: Bool?
    var testDescription: String { "\(status) \(body.prefix(90))" }
  }

  static let openAI: [Case] = [
    Case(
      status: 401,
      body:
        #"{"error":{"message":"Incorrect API key provided: sk-ab***yz.","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}"#,
      kind: .authentication),
    Case(
      status: 401,
      body:
        #"{"error":{"message":"You didn't provide an API key.","type":"invalid_request_error","param":null,"code":null}}"#,
      kind: .authentication),
    Case(
      status: 403,
      body:
        #"{"error":{"message":"Country, region, or territory not supported","type":"request_forbidden","param":null,"code":"unsupported_country_region_territory"}}"#,
      kind: .authentication),
    Case(
      status: 404,
      body:
        #"{"error":{"message":"The model `gpt-9` does not exist or you do not have access to it.","type":"invalid_request_error","param":null,"code":"model_not_found"}}"#,
      kind: .modelNotFound),
    Case(
      status: 400,
      body:
        #"{"error":{"message":"This model's maximum context length is 128000 tokens.","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}"#,
      kind: .contextLengthExceeded),
    Case(
      status: 400,
      body:
        #"{"error":{"message":"Requested 304000 tokens, max 300000 tokens per request","type":"max_tokens_per_request","param":null,"code":"max_tokens_per_request"}}"#,
      kind: .contextLengthExceeded),
    Case(
      status: 400,
      body:
        #"{"error":{"message":"Unsupported parameter: 'max_tokens'","type":"invalid_request_error","param":"max_tokens","code":"unsupported_parameter"}}"#,
      kind: .invalidRequest),
    Case(
      status: 429,
      body:
        #"{"error":{"message":"Rate limit reached for gpt-4o","type":"tokens","param":null,"code":"rate_limit_exceeded"}}"#,
      kind: .rateLimited, headers: ["Retry-After": "7"], retryAfter: .seconds(7)),
    Case(
      status: 429,
      body:
        #"{"error":{"message":"Rate limit reached","type":"requests","param":null,"code":"rate_limit_exceeded"}}"#,
      kind: .rateLimited,
      headers: [
        "x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "1m2s",
        "x-ratelimit-remaining-tokens": "5", "x-ratelimit-reset-tokens": "6m0s",
      ], retryAfter: .seconds(62)),
    Case(
      status: 429,
      body:
        #"{"error":{"message":"Request too large for gpt-4o on tokens per min (TPM): Limit 30000, Requested 40000.","type":"tokens","param":null,"code":"rate_limit_exceeded"}}"#,
      kind: .contextLengthExceeded),
    Case(
      status: 429,
      body: #"{"error":{"message":"Slow down","type":"rate_limit_error","param":null,"code":"slow_down"}}"#,
      kind: .rateLimited),
    Case(
      status: 429,
      body:
        #"{"error":{"message":"You exceeded your current quota, please check your plan and billing details.","type":"insufficient_quota","param":null,"code":"insufficient_quota"}}"#,
      kind: .quotaExceeded, headers: ["Retry-After": "5"]),
    Case(
      status: 429,
      body:
        #"{"error":{"message":"x","type":"insufficient_quota","param":null,"code":"credit_balance_exhausted"}}"#,
      kind: .quotaExceeded),
    Case(
      status: 429,
      body: #"{"error":{"message":"x","type":"x","param":null,"code":"organization_spend_limit_exceeded"}}"#,
      kind: .quotaExceeded),
    Case(
      status: 429,
      body: #"{"error":{"message":"x","type":"x","param":null,"code":"project_spend_limit_exceeded"}}"#,
      kind: .quotaExceeded),
    Case(
      status: 429,
      body: #"{"error":{"message":"x","type":"x","param":null,"code":"organization_usage_limit_exceeded"}}"#,
      kind: .quotaExceeded),
    Case(
      status: 429, body: #"{"error":{"message":"x","type":"insufficient_quota","param":null,"code":null}}"#,
      kind: .quotaExceeded),
    Case(
      status: 500,
      body:
        #"{"error":{"message":"The server had an error","type":"server_error","param":null,"code":null}}"#,
      kind: .unavailable),
    Case(
      status: 503,
      body:
        #"{"error":{"message":"Overloaded","type":"service_unavailable_error","param":null,"code":"server_is_overloaded"}}"#,
      kind: .unavailable, headers: ["retry-after-ms": "1500"], retryAfter: .seconds(1.5)),
    Case(
      status: 500, body: "{}", kind: .unavailable, headers: ["x-should-retry": "false"], isRetryable: false),
  ]

  static let gemini: [Case] = [
    Case(
      status: 400,
      body:
        #"[{"error":{"code":400,"message":"API key not valid. Please pass a valid API key.","status":"INVALID_ARGUMENT","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"API_KEY_INVALID"}]}}]"#,
      kind: .authentication),
    Case(
      status: 400,
      body:
        #"[{"error":{"code":400,"message":"API key not valid. Please pass a valid API key.","status":"INVALID_ARGUMENT"}}]"#,
      kind: .authentication),
    Case(
      status: 429,
      body:
        #"[{"error":{"code":429,"message":"You exceeded your current quota, please check your plan and billing details.","status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[{"quotaId":"GenerateRequestsPerMinutePerProjectPerModel-FreeTier"}]},{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"37s"}]}}]"#,
      kind: .rateLimited, retryAfter: .seconds(37)),
    Case(
      status: 429,
      body:
        #"{"error":{"code":429,"message":"You exceeded your current quota","status":"RESOURCE_EXHAUSTED","details":[{"violations":[{"quotaId":"GenerateRequestsPerDayPerProjectPerModel-FreeTier"}]},{"retryDelay":"37s"}]}}"#,
      kind: .quotaExceeded),
    Case(
      status: 404,
      body:
        #"[{"error":{"code":404,"message":"models/gemini-1.0 is not found for API version v1main","status":"NOT_FOUND"}}]"#,
      kind: .modelNotFound),
    Case(
      status: 400,
      body:
        #"[{"error":{"code":400,"message":"The input token count (2000000) exceeds the maximum number of tokens allowed (1048576).","status":"INVALID_ARGUMENT"}}]"#,
      kind: .contextLengthExceeded),
    Case(
      status: 400,
      body:
        #"{"error":{"code":400,"message":"at most 100 requests can be in one batch","status":"INVALID_ARGUMENT"}}"#,
      kind: .invalidRequest),
    Case(
      status: 400,
      body:
        #"[{"error":{"code":400,"message":"User location is not supported for the API use.","status":"FAILED_PRECONDITION"}}]"#,
      kind: .authentication),
    Case(
      status: 503,
      body: #"[{"error":{"code":503,"message":"The model is overloaded.","status":"UNAVAILABLE"}}]"#,
      kind: .unavailable),
    Case(
      status: 504, body: #"[{"error":{"code":504,"message":"x","status":"DEADLINE_EXCEEDED"}}]"#,
      kind: .timeout),
  ]

  static let cohere: [Case] = [
    Case(
      status: 400,
      body: #"{"message":"invalid request: total number of texts must be at most 96 - received 104"}"#,
      kind: .invalidRequest),
    Case(
      status: 400, body: #"{"id":"x","message":"too many tokens: size limit exceeded by 3 tokens"}"#,
      kind: .contextLengthExceeded),
    Case(status: 401, body: #"{"id":"x","message":"invalid api token"}"#, kind: .authentication),
    Case(status: 401, body: #"{"message":"no api key supplied"}"#, kind: .authentication),
    Case(status: 402, body: #"{"message":"Please add or update your payment method"}"#, kind: .quotaExceeded),
    Case(status: 403, body: #"{"message":"forbidden"}"#, kind: .authentication),
    Case(
      status: 404, body: #"{"message":"model 'xyz' not found, make sure the correct model ID was used"}"#,
      kind: .modelNotFound),
    Case(status: 422, body: #"{"message":"unprocessable"}"#, kind: .invalidRequest),
    Case(
      status: 429,
      body: #"{"message":"You are using a Trial key, which is limited to 20 API calls / minute."}"#,
      kind: .rateLimited),
    Case(
      status: 429,
      body: #"{"message":"You are using a Trial key, which is limited to 1000 API calls / month."}"#,
      kind: .quotaExceeded),
    Case(status: 498, body: #"{"message":"blocked output"}"#, kind: .invalidRequest),
    Case(status: 499, body: #"{"message":"request cancelled"}"#, kind: .unavailable),
    Case(status: 500, body: #"{"message":"internal server error"}"#, kind: .unavailable),
    Case(status: 501, body: #"{"message":"not implemented"}"#, kind: .invalidRequest),
    Case(status: 503, body: #"{"message":"unavailable"}"#, kind: .unavailable),
    Case(status: 504, body: #"{"message":"timed out"}"#, kind: .timeout),
  ]

  static let localServers: [Case] = [
    Case(
      status: 404,
      body:
        #"{"error":{"message":"model \"qwen9\" not found, try pulling it first","type":"not_found_error","param":null,"code":null}}"#,
      kind: .modelNotFound),
    Case(status: 404, body: #"{"error":"model 'qwen9' not found"}"#, kind: .modelNotFound),
    Case(
      status: 503,
      body: #"{"error":{"message":"server busy, please try again","type":"api_error","code":null}}"#,
      kind: .unavailable),
    Case(
      status: 503, body: #"{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}"#,
      kind: .unavailable),
    Case(
      status: 401, body: #"{"error":{"code":401,"message":"Invalid API Key","type":"authentication_error"}}"#,
      kind: .authentication),
    Case(
      status: 400,
      body:
        #"{"error":{"code":400,"message":"the request exceeds the available context size","type":"exceed_context_size_error","n_prompt_tokens":9000,"n_ctx":4096}}"#,
      kind: .contextLengthExceeded),
    Case(
      status: 500,
      body:
        #"{"error":{"code":500,"message":"input is too large to process. increase the physical batch size","type":"server_error"}}"#,
      kind: .contextLengthExceeded),
    Case(
      status: 404,
      body:
        #"{"object":"error","message":"The model `x` does not exist.","type":"NotFoundError","param":null,"code":404}"#,
      kind: .modelNotFound),
    Case(
      status: 404,
      body:
        #"{"error":{"message":"The model `x` does not exist.","type":"NotFoundError","param":"model","code":404}}"#,
      kind: .modelNotFound),
    Case(
      status: 400,
      body:
        #"{"object":"error","message":"This model's maximum context length is 4096 tokens. However, you requested 5000 tokens","type":"BadRequestError","param":null,"code":400}"#,
      kind: .contextLengthExceeded),
    Case(status: 401, body: #"{"error":"Unauthorized"}"#, kind: .authentication),
    Case(
      status: 422,
      body:
        #"{"detail":[{"loc":["body","x"],"msg":"Extra inputs are not permitted","type":"extra_forbidden"}]}"#,
      kind: .invalidRequest),
    Case(status: 404, body: #"{"detail":"Not Found"}"#, kind: .invalidRequest),
  ]

  static let proxies: [Case] = [
    Case(status: 502, body: "<html><head><title>502 Bad Gateway</title></head></html>", kind: .unavailable),
    Case(
      status: 403, body: "<!DOCTYPE html><html><title>Attention Required!</title></html>", kind: .unavailable,
      isRetryable: false),
    Case(status: 413, body: "<html><h1>Request Entity Too Large</h1></html>", kind: .contextLengthExceeded),
    Case(status: 404, body: "404 page not found", kind: .invalidRequest),
    Case(status: 407, body: "", kind: .authentication),
    Case(status: 408, body: "", kind: .timeout),
    Case(status: 409, body: "", kind: .unavailable),
    Case(status: 429, body: "", kind: .rateLimited),
    Case(status: 302, body: "", kind: .invalidResponse),
    Case(status: 500, body: "", kind: .unavailable),
    Case(status: 520, body: "\u{FFFD}\u{0}", kind: .unavailable),
    Case(status: 524, body: "", kind: .timeout),
    Case(status: 418, body: "[]", kind: .invalidRequest),
    Case(status: 400, body: "null", kind: .invalidRequest),
    Case(status: 400, body: #""text""#, kind: .invalidRequest),
  ]

  static let errors = ErrorContext(
    endpoint: .openAI { "sk-secret-1234567890" }, model: "gpt-9", modelVariable: "OPENAI_MODEL")

  @Test("tells the kind of every known refusal", arguments: openAI + gemini + cohere + localServers + proxies)
  func kinds(_ example: Case) {
    let head = HTTPResponseHead(status: example.status, headers: example.headers)
    let error = Self.errors.refusal(head, Array(example.body.utf8), now: 0)
    #expect(error.kind == example.kind)
    #expect(error.retryAfter == example.retryAfter)
    #expect(error.isRetryable == (example.isRetryable ?? example.kind.isRetryable))
    #expect(error.status == example.status)
    #expect(error.description.contains("(\(example.status))"))
    #expect(!error.message.isEmpty && !error.hint.isEmpty)
    #expect(!error.description.contains("\n"))
  }

  @Test("quota and authentication are never retried, whatever the headers say")
  func neverRetried() {
    for example in Self.openAI + Self.gemini + Self.cohere
    where [.quotaExceeded, .authentication].contains(example.kind) {
      let head = HTTPResponseHead(
        status: example.status, headers: ["x-should-retry": "true", "Retry-After": "1"])
      let error = Self.errors.refusal(head, Array(example.body.utf8))
      #expect(ProviderConnection.verdict(error) == .giveUp)
    }
  }

  @Test("the kinds have the names of the HTTP interface")
  func names() {
    #expect(
      ModelError.Kind.allCases.map(\.rawValue) == [
        "authentication", "quota_exceeded", "rate_limited", "context_length_exceeded", "model_not_found",
        "timeout", "unavailable", "invalid_response", "invalid_request", "cancelled",
      ])
  }

  @Test(
    "durations of Go and Protocol Buffers",
    arguments: [
      ("37s", .seconds(37)), ("12ms", .milliseconds(12)), ("6m0s", .seconds(360)), ("1.5s", .seconds(1.5)),
      ("1h1m1s", .seconds(3661)), ("", nil), ("s", nil), ("5", nil), ("5 s", nil), ("-5s", nil),
      ("1e9h", nil),
    ] as [(String, Duration?)])
  func durations(_ text: String, _ expected: Duration?) {
    #expect(Duration(goStyle: text) == expected)
  }
}
