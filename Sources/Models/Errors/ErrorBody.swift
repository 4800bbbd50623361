/// What can be told from the body of a refusal, whatever its shape.
///
/// OpenAI: `{"error": {"message", "type", "param", "code"}}`. Gemini: the same with a numeric `code`, a
/// `status` name and `details`, often inside an array. Cohere: `{"message", "id"}`. Ollama's own interface:
/// `{"error": "text"}`. llama.cpp and vLLM: numeric `code`, inside `error` or flat. FastAPI: `detail`.
/// Proxies: HTML. Anything else: text, or nothing.
struct ErrorBody: Equatable {
  /// The provider's text as one line; empty if there was none.
  var message = ""
  var type = ""
  /// The `code` if it is text.
  var code = ""
  /// The `code` if it is a number, usually the HTTP status.
  var number: Int?
  /// Google's name of the status, such as `RESOURCE_EXHAUSTED`.
  var status = ""
  var parameter: String?
  /// Google's `RetryInfo`.
  var retryDelay: Duration?
  /// Google's reasons and quota names, such as `API_KEY_INVALID` or `...PerDay...`.
  var reasons: [String] = []
  /// Tokens that the model takes, where a refusal of too many of them says so.
  var window: Int?
  var isHTML = false

  init(_ bytes: [UInt8]) {
    if let value = try? JSONValue(parsing: bytes) {
      self.init(value)
    } else {
      self.init(JSONValue.null)
      let text = String(decoding: bytes.prefix(20_000), as: UTF8.self)
      let start = text.drop { $0.isWhitespace }.prefix(15).lowercased()
      if start.hasPrefix("<") {
        isHTML = true
        message = Self.title(of: text).excerpt(200)
      } else {
        message = text.excerpt(300)
      }
    }
  }

  init(_ value: JSONValue) {
    var value = value
    if case .array(let elements) = value, let first = elements.first { value = first }
    if case .string(let text) = value { message = text.excerpt(300) }
    var fields = value
    switch value["error"] {
    case .string(let text)?: message = text.excerpt(500)
    case .object(let members)?: fields = .object(members)
    default: break
    }
    if message.isEmpty { message = Self.message(in: fields).excerpt(500) }
    type = fields["type"]?.string ?? ""
    code = fields["code"]?.string ?? ""
    number = fields["code"]?.integer ?? (fields["status"]?.integer ?? fields["status_code"]?.integer)
    status = fields["status"]?.string ?? ""
    parameter = fields["param"]?.string
    window = fields["n_ctx"]?.integer ?? StatedWindow.tokens(in: message)
    for detail in fields["details"]?.array ?? [] { read(detail) }
  }

  private mutating func read(_ detail: JSONValue) {
    if let delay = detail["retryDelay"]?.string { retryDelay = Duration(goStyle: delay) }
    if let reason = detail["reason"]?.string { reasons.append(reason) }
    for violation in detail["violations"]?.array ?? [] {
      if let quota = violation["quotaId"]?.string { reasons.append(quota) }
    }
  }

  private static func message(in fields: JSONValue) -> String {
    for name in ["message", "detail", "error_description", "error_message"] {
      switch fields[name] {
      case .string(let text)?:
        return text
      case .array(let problems)?:
        return problems.compactMap { $0["msg"]?.string }.joined(separator: "; ")
      default:
        continue
      }
    }
    return ""
  }

  /// The text of `<title>`, or of the first heading.
  private static func title(of html: String) -> String {
    for tag in ["title", "h1"] {
      guard let open = html.firstRange(of: "<\(tag)"),
        let start = html[open.upperBound...].firstIndex(of: ">"),
        let end = html[start...].firstRange(of: "</")
      else { continue }
      return String(html[html.index(after: start)..<end.lowerBound])
    }
    return ""
  }
}

extension Duration {
  /// Reads the durations of Go and Protocol Buffers: `37s`, `1.5s`, `12ms`, `6m0s`, `1h`.
  init?(goStyle text: String) {
    let units: [(String, Double)] = [("ms", 0.001), ("us", 1e-6), ("h", 3600), ("m", 60), ("s", 1)]
    var rest = text[...]
    var seconds = 0.0
    guard !rest.isEmpty else { return nil }
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && $0.isNumber || $0 == "." }
      rest = rest.dropFirst(digits.count)
      guard let value = Double(digits), let (unit, factor) = units.first(where: { rest.hasPrefix($0.0) })
      else { return nil }
      rest = rest.dropFirst(unit.count)
      seconds += value * factor
    }
    guard seconds.isFinite, seconds < 1e9 else { return nil }
    self = .seconds(seconds)
  }
}
