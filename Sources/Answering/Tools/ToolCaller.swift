import Models

/// Calls tools by name: checks the arguments, keeps time, and makes a result of every failure.
public struct ToolCaller: Sendable {
  /// What is told of a failure whose reason is for the log.
  public static let failureMessage = "Unable to complete task operation"

  public let tools: [any Tool]
  private let byName: [String: any Tool]
  /// The longest that one call may take.
  private let limit: Duration
  private let report: @Sendable (_ tool: String, _ reason: any Error) -> Void

  /// - Parameters:
  ///   - limit: the longest that one call may take.
  ///   - report: told why a call failed, where the caller is not.
  public init(
    _ tools: [any Tool], limit: Duration = .seconds(20),
    report: @escaping @Sendable (_ tool: String, _ reason: any Error) -> Void = { _, _ in }
  ) {
    self.tools = tools
    self.limit = limit
    self.report = report
    byName = Dictionary(tools.map { ($0.definition.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The tool that has a name; nil where none has it.
  public func tool(_ name: String) -> (any Tool)? { byName[name] }

  /// What a model's call gives: always something to send back.
  public func use(_ call: ToolCall, _ context: ToolContext) async -> ToolUse {
    // Models write nothing at all for a tool without arguments.
    let text = call.arguments.allSatisfy(\.isWhitespace) ? "{}" : call.arguments
    let parsed = try? JSONValue(parsing: text.utf8)
    var use = ToolUse(name: call.name, arguments: parsed ?? .string(call.arguments), result: .null)
    guard let tool = byName[call.name] else {
      let names = byName.keys.sorted().joined(separator: ", ")
      use.result = ToolUse.failure("There is no tool '\(call.name)'. The tools are: \(names).")
      return use
    }
    guard let arguments = parsed, case .object = arguments else {
      use.result = ToolUse.failure("The arguments are not a JSON object. Call again with one.")
      return use
    }
    do {
      use.result = try await self.call(tool, arguments, context)
      use.answers = tool.traits.answers
    } catch let error as ToolError {
      use.result = ToolUse.failure(error.message)
    } catch {
      use.result = ToolUse.failure(Self.failureMessage)
    }
    return use
  }

  /// Checks the arguments and calls `tool`.
  ///
  /// - Throws: `ToolError` with what the caller may know; any other failure has been reported.
  public func call(_ tool: any Tool, _ arguments: JSONValue, _ context: ToolContext) async throws -> JSONValue
  {
    let definition = tool.definition
    let problems = JSONSchema(definition.parameters).problems(in: arguments)
    guard problems.isEmpty else {
      let list = problems.prefix(5).joined(separator: "; ")
      throw ToolError("Invalid arguments: \(list). Correct them and call again.")
    }
    do {
      let left = min(limit, ContinuousClock.now.duration(to: context.deadline))
      guard left > .zero else { throw DeadlineExceeded(limit: limit) }
      var context = context
      context.deadline = min(context.deadline, .now + left)
      let bounded = context
      return try await withDeadline(left) { try await tool.call(arguments, bounded) }
    } catch let error as ToolError {
      throw error
    } catch let error as ModelError {
      if error.kind == .cancelled { throw CancellationError() }
      report(definition.name, error)
      // Its texts are made to be shown.
      throw ToolError(error.description)
    } catch {
      if !(error is CancellationError) { report(definition.name, error) }
      throw error
    }
  }
}
