import FoundationEssentials

/// Writes leveled lines to standard error, with everything that looks like a secret taken out.
public struct Log: Sendable {
  public enum Level: String, Sendable, CaseIterable, Comparable {
    case debug, info, warning, error

    public static func < (a: Level, b: Level) -> Bool { a.rank < b.rank }

    private var rank: Int {
      switch self {
      case .debug: 0
      case .info: 1
      case .warning: 2
      case .error: 3
      }
    }
  }

  public enum Format: String, Sendable, CaseIterable {
    /// For people: "warning: message field=value".
    case text
    /// For machines: one object a line with time, level, message and the fields.
    case json
  }

  let output: Output
  public let level: Level
  public let format: Format
  /// Whether lines of text begin with the time; JSON lines always have it.
  private let showsTime: Bool
  private let redaction: @Sendable () -> Redaction
  private let now: @Sendable () -> Date

  /// - Parameters:
  ///   - redaction: asked for each line, as secrets may change.
  ///   - now: the time that lines carry.
  public init(
    output: Output, level: Level = .info, format: Format = .text, showsTime: Bool = false,
    redaction: @escaping @Sendable () -> Redaction = { Redaction() },
    now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.output = output
    self.level = level
    self.format = format
    self.showsTime = showsTime
    self.redaction = redaction
    self.now = now
  }

  /// Takes level and format from `LOG_LEVEL` and `LOG_FORMAT`, and hides the settings' own secrets.
  public init(output: Output, settings: Settings) throws(UsageError) {
    self.init(
      output: output, level: try settings.read("LOG_LEVEL", .logLevel) ?? .info,
      format: try settings.read("LOG_FORMAT", .choice(of: Format.self)) ?? .text,
      redaction: { Redaction(secrets: settings.secrets) })
  }

  /// The same log with the time before each line, as a service wants it.
  public func showingTime() -> Log {
    Log(output: output, level: level, format: format, showsTime: true, redaction: redaction, now: now)
  }

  public func debug(_ message: @autoclosure () -> String, _ fields: KeyValuePairs<String, LogValue> = [:]) {
    write(.debug, message, fields)
  }

  public func info(_ message: @autoclosure () -> String, _ fields: KeyValuePairs<String, LogValue> = [:]) {
    write(.info, message, fields)
  }

  public func warning(_ message: @autoclosure () -> String, _ fields: KeyValuePairs<String, LogValue> = [:]) {
    write(.warning, message, fields)
  }

  public func error(_ message: @autoclosure () -> String, _ fields: KeyValuePairs<String, LogValue> = [:]) {
    write(.error, message, fields)
  }

  /// An error and what to do about it: on a line of its own for people, a field for machines.
  func error(_ message: String, hint: String?) {
    guard let hint else { return error(message) }
    if format == .json { return error(message, ["hint": .string(hint)]) }
    error(message)
    output.errorLine(redaction().redact(hint))
  }

  private func write(_ level: Level, _ message: () -> String, _ fields: KeyValuePairs<String, LogValue>) {
    guard level >= self.level else { return }
    let redaction = redaction()
    let text = redaction.redact(message())
    switch format {
    case .json: output.errorLine(jsonLine(level, text, fields, redaction))
    case .text: output.errorLine(textLine(level, text, fields, redaction))
    }
  }

  private func jsonLine(
    _ level: Level, _ message: String, _ fields: KeyValuePairs<String, LogValue>, _ redaction: Redaction
  ) -> String {
    var line =
      "{\"time\":\"\(time())\",\"level\":\"\(level.rawValue)\",\"message\":\(JSONText.quoted(message))"
    for (name, value) in fields {
      line += ",\(JSONText.quoted(name)):\(Self.hidden(name, value).json(redaction.redact))"
    }
    return line + "}"
  }

  private func textLine(
    _ level: Level, _ message: String, _ fields: KeyValuePairs<String, LogValue>, _ redaction: Redaction
  ) -> String {
    var line = showsTime ? "\(time()) " : ""
    // For people at a terminal plain information needs no label; in a service's log every line has one.
    if showsTime || level != .info { line += label(level) + (showsTime ? " " : ": ") }
    // Messages of errors may have several lines, each of which is made safe by itself.
    line += message.split(separator: "\n", omittingEmptySubsequences: false)
      .map { TerminalText.clean(String($0)) }.joined(separator: showsTime ? " " : "\n")
    for (name, value) in fields {
      line += " \(name)=\(Self.hidden(name, value).plain(redaction.redact))"
    }
    return line
  }

  private static func hidden(_ name: String, _ value: LogValue) -> LogValue {
    if case .string = value, Redaction.isSecretName(name) { return .string(Redaction.mark) }
    return value
  }

  private func label(_ level: Level) -> String {
    switch level {
    case .debug: output.styled(level.rawValue, .dim, .messages)
    case .info: output.styled(level.rawValue, .green, .messages)
    case .warning: output.styled(level.rawValue, .yellow, .messages)
    case .error: output.styled(level.rawValue, .red, .messages)
    }
  }

  private func time() -> String {
    now().formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }
}

extension ValueType where Value == Log.Level {
  /// `LOG_LEVEL`, with the short form "warn" that other programs use.
  static var logLevel: ValueType<Log.Level> {
    let levels = ValueType<Log.Level>.choice(of: Log.Level.self)
    return ValueType(
      placeholder: levels.placeholder, expectation: levels.expectation, choices: levels.choices,
      text: \.rawValue
    ) { text, context in
      text.lowercased() == "warn" ? .warning : levels.parse(text, context)
    }
  }
}
