import Answering
import Commands
import MCP
import Models
import Retrieval
import Setup
import State

/// The tools that a chat model may call on the way to an answer.
struct ToolBox: Sendable {
  let searcher: Searcher
  let records: any RecordStore
  /// Servers whose tools are offered besides.
  let external: MCPConnections
  let settings: Settings
  /// Told why a tool failed, where the model is not.
  let report: @Sendable (_ tool: String, _ reason: any Error) -> Void

  /// True unless `TOOLS` says no.
  static func isOn(_ settings: Settings) throws(UsageError) -> Bool {
    try settings.read("TOOLS", .boolean) ?? true
  }

  /// How the chat model is asked for `owner`; plainly where `TOOLS` is `off`.
  ///
  /// - Parameter filter: what the model's own searches are restricted to.
  func turn(for owner: Owner, filter: SearchFilter) -> any ChatTurn {
    // A setting that was changed into one that cannot be read lets nothing be called.
    guard (try? Self.isOn(settings)) == true else { return SingleTurn() }
    var tools: [any Tool] = [
      SearchDocumentsTool(searcher: searcher, filter: filter, fallsBack: FallbackSetup.isOn(settings))
    ]
    // Nobody's tasks would be everybody's.
    if owner != .named("anonymous") { tools += TaskTools.tools(records: records) }
    return ToolTurn(ToolCaller(tools + external.tools, report: report), owner: owner)
  }
}
