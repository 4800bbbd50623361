/// The contents of a `.env` file: `NAME=value` lines, of which nothing is expanded or executed.
///
/// - `export` before a name, blanks around `=`, empty lines and `#` comment lines are allowed.
/// - An unquoted value ends at the end of its line or before a blank and `#`; blanks around it are dropped.
/// - 'Single quotes' keep everything but `\'` as it is; "double quotes" know `\n \r \t \" \\ \$`; both may
///   span lines.
/// - A line that is not understood is reported and skipped; of a name set twice the last value counts.
struct DotEnvFile: Sendable, Equatable {
  struct Entry: Sendable, Equatable {
    let value: String
    let line: Int
  }

  let entries: [String: Entry]
  let mistakes: [Mistake]

  /// What is wrong with a line, never what it says: it may be half a key.
  struct Mistake: Sendable, Equatable {
    let line: Int
    let reason: String
  }

  static let empty = DotEnvFile(bytes: [])

  init(bytes: [UInt8]) {
    var reader = DotEnvReader(bytes: bytes)
    (entries, mistakes) = reader.read()
  }
}
