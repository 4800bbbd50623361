extension ValueType where Value == String {
  /// Any text but the empty one, which is nearly always an unset shell variable.
  public static var text: ValueType<String> {
    ValueType(placeholder: "TEXT", expectation: "a text that is not empty") { text, _ in
      text.isEmpty ? nil : text
    }
  }

  /// A key or password: never repeated in help or messages.
  public static var secret: ValueType<String> {
    ValueType(
      placeholder: "SECRET", expectation: "a text that is not empty", isSecret: true
    ) { text, _ in
      text.isEmpty ? nil : text
    }
  }

  /// A path of the file system, which need not exist; a leading `~/` is the home folder, because values from
  /// `--db=~/x` and from `.env` reach the program unexpanded.
  public static var path: ValueType<String> {
    ValueType(placeholder: "FILE", expectation: "a path") { text, context in
      guard !text.isEmpty, !text.utf8.contains(0) else { return nil }
      guard let home = context.home, text == "~" || text.hasPrefix("~/") else { return text }
      return home + text.dropFirst()
    }
  }

  /// An absolute `http` or `https` address with a host.
  public static var url: ValueType<String> { url(like: "https://example.org") }

  /// An absolute `http` or `https` address with a host, which may hold a user and a password: one that cannot be read is
  /// not repeated where it may.
  ///
  /// - Parameter example: what a good one looks like.
  public static func url(like example: String, isSecret: Bool = false) -> ValueType<String> {
    ValueType(placeholder: "URL", expectation: "an address such as \(example)", isSecret: isSecret) {
      text, _ in
      let lower = text.lowercased()
      guard let scheme = ["http://", "https://"].first(where: lower.hasPrefix) else { return nil }
      let host = text.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
      guard !host.isEmpty, !text.unicodeScalars.contains(where: { $0.value <= 32 || $0.value == 127 }) else {
        return nil
      }
      return text
    }
  }

  /// One of a few words, in any case; the value is the word as written here.
  public static func choice(_ choices: [String], placeholder: String? = nil) -> ValueType<String> {
    ValueType(
      placeholder: placeholder ?? choices.joined(separator: "|"), expectation: oneOf(choices),
      choices: choices
    ) { text, _ in
      choices.first { $0.lowercased() == text.lowercased() }
    }
  }
}

extension ValueType where Value: CaseIterable & RawRepresentable, Value.RawValue == String {
  /// One of an enumeration's raw values, in any case.
  public static func choice(of type: Value.Type = Value.self, placeholder: String? = nil) -> ValueType<Value>
  {
    let words = ValueType<String>.choice(type.allCases.map(\.rawValue), placeholder: placeholder)
    return ValueType(
      placeholder: words.placeholder, expectation: words.expectation, choices: words.choices,
      text: \.rawValue
    ) { text, context in
      words.parse(text, context).flatMap(Value.init(rawValue:))
    }
  }
}

extension ValueType where Value == Glob {
  /// A file name pattern such as `*.md` or `docs/**/*.html`.
  public static var glob: ValueType<Glob> {
    ValueType(placeholder: "GLOB", expectation: "a pattern such as '*.md' or 'docs/**'", text: \.pattern) {
      text, _ in
      Glob(text)
    }
  }
}

/// "one of 'a', 'b' or 'c'"
private func oneOf(_ choices: [String]) -> String {
  let quoted = choices.map { "'\($0)'" }
  guard let last = quoted.last, quoted.count > 1 else { return quoted.joined() }
  return "one of \(quoted.dropLast().joined(separator: ", ")) or \(last)"
}
