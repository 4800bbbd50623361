import Answering
import State

/// Who sends a request, and what they may do.
public struct MCPCaller: Sendable {
  /// Whose tasks are meant; nil for nobody's.
  public var owner: Owner?
  /// In the order in which they are listed.
  public var tools: [any Tool]
  /// Whether documents may be listed and read.
  public var readsDocuments: Bool

  public init(owner: Owner? = nil, tools: [any Tool], readsDocuments: Bool = true) {
    self.owner = owner
    self.tools = tools
    self.readsDocuments = readsDocuments
  }
}
