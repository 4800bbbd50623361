import Commands
import FoundationEssentials
import HTTPServer

/// The instructions of `SYSTEM_PROMPT_FILE`, read anew for each answer.
struct SystemPrompt: Sendable {
  let settings: Settings
  /// Largest file in bytes.
  private static let limit = 64 << 10

  /// Nil where no file is set, or nothing is in it.
  ///
  /// - Throws: `HTTPError` 503 if the file cannot be used.
  func text() throws -> String? {
    guard let path = settings["SYSTEM_PROMPT_FILE"] else { return nil }
    let data: Data
    do {
      data = try Data(contentsOf: URL(filePath: path))
    } catch {
      throw unusable("cannot be read")
    }
    guard data.count <= Self.limit else { throw unusable("is larger than \(Self.limit) bytes") }
    guard let text = String(validating: data, as: UTF8.self) else { throw unusable("is not UTF-8 text") }
    return text.allSatisfy(\.isWhitespace) ? nil : text
  }

  private func unusable(_ why: String) -> HTTPError {
    HTTPError(
      .serviceUnavailable, code: "misconfigured", message: "The file of SYSTEM_PROMPT_FILE \(why).",
      hint: "Correct the file or the setting; it is read anew for each answer.")
  }
}
