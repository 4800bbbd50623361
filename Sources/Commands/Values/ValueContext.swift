/// What reading a value may look at besides its text.
public struct ValueContext: Sendable {
  /// The folder that a leading `~/` stands for; nil leaves it unexpanded.
  public let home: String?

  public init(home: String? = nil) {
    self.home = home
  }
}
