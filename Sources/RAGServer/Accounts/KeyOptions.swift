import Commands
import FoundationEssentials
import HTTPServer

/// What keys are made with, checked the same way on the command line and over HTTP.
enum KeyOptions {
  /// - Throws: `UsageError` for what is no site.
  static func origins(_ texts: [String]) throws(UsageError) -> [String] {
    guard !texts.isEmpty else { return [] }
    let read: CORS.Origins
    do throws(ValueError) {
      read = try ValueType<CORS.Origins>.origins.read(texts.joined(separator: ","))
    } catch {
      throw UsageError("A key's list of origins \(error.description)")
    }
    guard case .only(let origins) = read else {
      throw UsageError("A key cannot be for every site: leave the origins out, or name them.")
    }
    return origins.sorted()
  }

  /// - Parameter text: a duration such as `90d`; nil for never.
  /// - Throws: `UsageError` for another text.
  static func expiry(_ text: String?, from now: Date = Date()) throws(UsageError) -> Date? {
    guard let text else { return nil }
    do throws(ValueError) {
      let duration = try ValueType<Duration>.duration(in: .seconds(1)...(.seconds(315_360_000))).read(text)
      return now + TimeInterval(duration.components.seconds)
    } catch {
      throw UsageError("A key's time until it expires \(error.description)")
    }
  }
}
