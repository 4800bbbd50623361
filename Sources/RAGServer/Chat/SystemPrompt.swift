import Commands
import FoundationEssentials
import HTTPServer

/// The instructions of `SYSTEM_PROMPT_FILE`, read anew for each answer.
struct SystemPrompt: Sendable {
  let settings: Settings
  /// Largest file in bytes.
  private static let limit = 64 << 10

  private struct Unusable: Error {
    var path: String
    var reason: String
  }

  /// Nil where no file is set, or nothing is in it.
  ///
  /// - Throws: `HTTPError` 503 if the file cannot be used; it does not tell strangers where the file is.
  func text() throws -> String? {
    do {
      return try read()
    } catch let error as Unusable {
      throw HTTPError(
        .serviceUnavailable, code: "misconfigured",
        message: "The file of SYSTEM_PROMPT_FILE \(error.reason).",
        hint: "Correct the file or the setting; it is read anew for each answer.")
    }
  }

  /// - Throws: `UsageError` that names the file if it cannot be used.
  func check() throws {
    do {
      _ = try read()
    } catch let error as Unusable {
      throw UsageError(
        "SYSTEM_PROMPT_FILE names '\(error.path)', which \(error.reason). Correct the file or the setting.")
    }
  }

  private func read() throws -> String? {
    guard let path = try settings.path("SYSTEM_PROMPT_FILE") else { return nil }
    let data: Data
    do {
      data = try Data(contentsOf: URL(filePath: path))
    } catch {
      throw Unusable(path: path, reason: "cannot be read")
    }
    guard data.count <= Self.limit else {
      throw Unusable(path: path, reason: "is larger than \(Self.limit) bytes")
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw Unusable(path: path, reason: "is not UTF-8 text")
    }
    return text.allSatisfy(\.isWhitespace) ? nil : text
  }
}
