import Models

/// An external server and which of its tools may be used.
public struct MCPServerDescription: Sendable, Equatable {
  public enum Transport: Sendable, Equatable {
    /// A child process that speaks by lines. The environment is added to a small one: no keys of ours are in it.
    case process(command: String, arguments: [String], environment: [String: String], directory: String?)
    case http(url: String, headers: [String: String])
  }

  public var name: String
  public var transport: Transport
  /// Globs of the names of tools that may be used; nil for all.
  public var allow: [String]?
  /// The longest that one request may take.
  public var timeout: Duration

  public init(name: String, transport: Transport, allow: [String]? = nil, timeout: Duration = .seconds(20)) {
    self.name = name
    self.transport = transport
    self.allow = allow
    self.timeout = timeout
  }
}
