/// Where a server listens and what it allows.
public struct ServerConfiguration: Sendable {
  /// An address or name of this machine: `127.0.0.1`, `::1`, `localhost` (both), `0.0.0.0`, or `::` for every
  /// address of both families.
  public var host: String
  /// 0 lets the system choose a free port.
  public var port: Int
  /// Threads that read and write sockets; handlers do not run on them.
  public var threads: Int
  /// Addresses of proxies whose `X-Forwarded-For` is believed.
  public var trustedProxies: AddressRanges
  public var limits: ServerLimits

  public init(
    host: String = "127.0.0.1", port: Int = 8080, threads: Int? = nil,
    trustedProxies: AddressRanges = AddressRanges(),
    limits: ServerLimits = ServerLimits()
  ) {
    self.host = host
    self.port = port
    self.threads = max(1, threads ?? SystemLimits.processorCount)
    self.trustedProxies = trustedProxies
    self.limits = limits
  }
}
