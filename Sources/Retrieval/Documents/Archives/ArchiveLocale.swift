import Glibc

/// Runs libarchive in a UTF-8 locale on the calling thread: in the C locale it turns every name beyond ASCII
/// into question marks. The process's own locale is untouched.
final class ArchiveLocale {
  private let locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nil)

  deinit {
    if let locale { freelocale(locale) }
  }

  func use<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
    guard let locale else { return try body() }
    let previous = uselocale(locale)
    defer { _ = uselocale(previous) }
    return try body()
  }
}
