import Commands

extension Settings {
  /// The address that a variable holds; nil where it is not set.
  ///
  /// - Parameter example: what a good one looks like.
  /// - Throws: `UsageError`, which names the variable and says what it holds, unless that may be a password.
  func address(_ name: String, like example: String) throws(UsageError) -> String? {
    let mayHoldPassword = self[name]?.contains("@") == true
    return try read(name, .url(like: example, isSecret: mayHoldPassword))
  }
}
