/// Addresses by which people sign in.
enum EmailAddress {
  /// In lower case without surrounding spaces.
  ///
  /// - Throws: `AccountError` for a text that no mail could be sent to.
  static func normalized(_ text: String) throws(AccountError) -> String {
    var address = text[...]
    while address.first == " " { address.removeFirst() }
    while address.last == " " { address.removeLast() }
    let parts = address.split(separator: "@", omittingEmptySubsequences: false)
    let isPlain = address.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value != 0x7F && $0 != "," }
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty, isPlain, address.utf8.count <= 254 else {
      throw AccountError("'\(text)' is not an e-mail address. Give one such as ann@example.org.")
    }
    return address.lowercased()
  }
}
