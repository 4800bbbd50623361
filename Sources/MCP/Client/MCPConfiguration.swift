import Commands
import FoundationEssentials
import Models

/// The file that names external servers, in the form that desktop clients share:
/// `{"mcpServers": {"NAME": {"command", "args", "env"} or {"url", "headers"}}}`, with `allow`, `timeout` and `disabled`.
public struct MCPConfiguration: Sendable, Equatable {
  /// In the order of their names.
  public var servers: [MCPServerDescription]

  public init(servers: [MCPServerDescription] = []) { self.servers = servers }

  /// Reads the file at `path`; `${NAME}` and `${NAME:-default}` in its values mean variables.
  ///
  /// - Throws: `MCPConfigurationError` naming the member that cannot be used.
  public init(path: String, variable: @escaping (String) -> String?) throws {
    let bytes: [UInt8]
    do {
      bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
    } catch {
      throw MCPConfigurationError("Cannot read the MCP configuration '\(path)': \(Self.reason(error)).")
    }
    do throws(MCPConfigurationError) {
      self = try MCPConfiguration(parsing: bytes, variable: variable)
    } catch {
      throw MCPConfigurationError("MCP configuration '\(path)': \(error.message)")
    }
  }

  private static func reason(_ error: any Error) -> String {
    (error as? CocoaError).map { $0.code == .fileReadNoSuchFile ? "there is no such file" : "\($0.code)" }
      ?? "\(error)"
  }

  public init(parsing bytes: [UInt8], variable: @escaping (String) -> String?) throws(MCPConfigurationError) {
    guard let value = try? JSONValue(parsing: bytes) else { throw MCPConfigurationError("it is not JSON.") }
    guard case .object(let entries)? = value["mcpServers"] else {
      throw MCPConfigurationError("it has no object 'mcpServers'.")
    }
    servers = []
    for (name, entry) in entries.sorted(by: { $0.key < $1.key }) {
      guard case .object = entry else {
        throw MCPConfigurationError("mcpServers.\(name): expected an object.")
      }
      guard entry["disabled"] != .bool(true) else { continue }
      servers.append(
        try Self.description(name, Entry(path: "mcpServers.\(name)", value: entry, variable: variable)))
    }
  }

  private static func description(
    _ name: String, _ entry: Entry
  ) throws(MCPConfigurationError) -> MCPServerDescription {
    let transport: MCPServerDescription.Transport
    switch (try entry.text("command"), try entry.text("url")) {
    case (let command?, nil):
      transport = .process(
        command: command, arguments: try entry.texts("args") ?? [], environment: try entry.members("env"),
        directory: try entry.text("cwd"))
    case (nil, let url?):
      guard url.hasPrefix("http://") || url.hasPrefix("https://") else {
        throw MCPConfigurationError("\(entry.path).url: expected an http or https address, found '\(url)'.")
      }
      transport = .http(url: url, headers: try entry.members("headers"))
    default:
      throw MCPConfigurationError("\(entry.path): expected either 'command' or 'url'.")
    }
    return MCPServerDescription(
      name: name, transport: transport, allow: try entry.texts("allow"),
      timeout: try entry.duration("timeout") ?? .seconds(20))
  }
}

/// What in a configuration cannot be used, and why.
public struct MCPConfigurationError: Error, Sendable, Equatable, CustomStringConvertible {
  public var message: String
  init(_ message: String) { self.message = message }
  public var description: String { message }
}

/// One server's entry, whose values may hold variables.
private struct Entry {
  let path: String
  let value: JSONValue
  let variable: (String) -> String?

  func text(_ key: String) throws(MCPConfigurationError) -> String? {
    switch value[key] {
    case nil, .null?: return nil
    case .string(let text)?: return try expanded(text, key)
    default: throw MCPConfigurationError("\(path).\(key): expected a string.")
    }
  }

  func texts(_ key: String) throws(MCPConfigurationError) -> [String]? {
    guard let list = value[key], list != .null else { return nil }
    guard case .array(let elements) = list else {
      throw MCPConfigurationError("\(path).\(key): expected a list of strings.")
    }
    var texts: [String] = []
    for element in elements {
      guard case .string(let text) = element else {
        throw MCPConfigurationError("\(path).\(key): expected a list of strings.")
      }
      texts.append(try expanded(text, key))
    }
    return texts
  }

  func members(_ key: String) throws(MCPConfigurationError) -> [String: String] {
    guard let object = value[key], object != .null else { return [:] }
    guard case .object(let members) = object else {
      throw MCPConfigurationError("\(path).\(key): expected an object of strings.")
    }
    var result: [String: String] = [:]
    for (name, member) in members {
      guard case .string(let text) = member else {
        throw MCPConfigurationError("\(path).\(key).\(name): expected a string.")
      }
      result[name] = try expanded(text, "\(key).\(name)")
    }
    return result
  }

  /// Seconds as a number, or a text such as `20s`.
  func duration(_ key: String) throws(MCPConfigurationError) -> Duration? {
    guard let member = value[key], member != .null else { return nil }
    var duration: Duration?
    switch member {
    case .integer(let seconds) where (1...3600).contains(seconds): duration = .seconds(seconds)
    case .number(let seconds) where seconds > 0 && seconds <= 3600: duration = .seconds(seconds)
    case .string(let text):
      duration = try? ValueType<Duration>.duration(in: .milliseconds(1)...(.seconds(3600)))
        .read(text, ValueContext(home: nil))
    default: break
    }
    guard let duration, duration > .zero, duration <= .seconds(3600) else {
      throw MCPConfigurationError("\(path).\(key): expected a time such as 20s, up to an hour.")
    }
    return duration
  }

  private func expanded(_ text: String, _ key: String) throws(MCPConfigurationError) -> String {
    var result = ""
    var rest = text[...]
    while let open = rest.firstRange(of: "${"), let close = rest[open.upperBound...].firstIndex(of: "}") {
      let inside = rest[open.upperBound..<close]
      let name: String
      var fallback: String?
      if let mark = inside.firstRange(of: ":-") {
        name = String(inside[..<mark.lowerBound])
        fallback = String(inside[mark.upperBound...])
      } else {
        name = String(inside)
      }
      guard let value = variable(name) ?? fallback else {
        throw MCPConfigurationError("\(path).\(key): the variable \(name) is not set.")
      }
      result += rest[..<open.lowerBound] + value
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }
}
