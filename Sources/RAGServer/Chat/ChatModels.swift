import Answering
import Commands
import HTTPServer
import Models
import Setup
import Synchronization

/// The chat models of the settings, read anew for each answer. A model is kept as long as provider, address and name
/// stay the same, with its connections and what it has learned of the server's ways; its key is read at each request.
final class ChatModels: Sendable {
  /// The name under which clients ask for whatever the settings say.
  static let standard = "footnote"
  static let extractive = "extractive"

  private let settings: Settings
  private let setup: ChatSetup
  let metrics: Metrics
  private let made = Mutex<[ChatSetup.Choice: any ChatModel]>([:])

  init(settings: Settings, setup: ChatSetup, metrics: Metrics) {
    self.settings = settings
    self.setup = setup
    self.metrics = metrics
  }

  /// The configured provider's model of this name, be it offered to callers or not; nil without a provider.
  ///
  /// - Throws: `HTTPError` 503 if a setting cannot be used.
  func model(named name: String) throws -> (any ChatModel)? {
    guard var choice = try choice() else { return nil }
    let standard = model(choice)
    if standard.name == name { return standard }
    choice.name = name
    return model(choice)
  }

  /// Names that a caller may ask for, the standard one first.
  func names() throws -> [String] {
    var names = [Self.standard, Self.extractive]
    guard let choice = try choice() else { return names }
    names.append(model(choice).name)
    let more = (settings["CHAT_MODELS"] ?? "").split { $0 == "," || $0.isWhitespace }.map(String.init)
    return names + more.filter { !names.contains($0) }
  }

  /// Who writes an answer for a caller who asks for `name`.
  ///
  /// - Throws: `HTTPError` 404 `model_not_found` for a name that is not offered: strangers shall not choose what the
  ///   owner of the key pays for.
  func writer(_ name: String?) throws -> AnswerOptions.Writer {
    let name = name.flatMap { $0.isEmpty ? nil : $0 } ?? Self.standard
    if name == Self.extractive { return .extractive }
    let offered = try names()
    guard offered.contains(name) else {
      throw HTTPError(
        .notFound, code: "model_not_found", message: "The model '\(name)' is not offered here.",
        hint: "Use one of: \(offered.joined(separator: ", ")). CHAT_MODELS adds others.")
    }
    guard var choice = try choice() else { return .extractive }
    if name != Self.standard { choice.name = name }
    return .model(model(choice))
  }

  private func choice() throws -> ChatSetup.Choice? {
    do {
      return try setup.choice()
    } catch {
      throw HTTPError(
        .serviceUnavailable, code: "misconfigured", message: "The chat model's settings cannot be used.",
        hint: "\(error)")
    }
  }

  private func model(_ choice: ChatSetup.Choice) -> any ChatModel {
    made.withLock { made in
      if let model = made[choice] { return model }
      // Settings change seldom: old choices are not worth keeping.
      if made.count >= 16 { made.removeAll() }
      let model = MeasuredChatModel(base: setup.model(choice), metrics: metrics)
      made[choice] = model
      return model
    }
  }
}
