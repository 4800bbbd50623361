/// Tells books under digital rights management from those that only obfuscate their fonts.
enum EPUBProtection {
  /// Both schemes in use: EPUB Open Container Format 3.2, section 4.4, and Adobe's.
  private static let fontSchemes: Set<String> = [
    "http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC",
  ]

  /// - Throws: `.encrypted` if `META-INF/encryption.xml` lists anything beyond fonts.
  static func check(_ encryption: [UInt8]?) throws {
    guard let encryption else { return }
    let part = "META-INF/encryption.xml"
    let entries = try XMLTree(encryption, part: part, recovers: true).root?.descendants("EncryptedData") ?? []
    for entry in entries {
      let scheme = entry.first("EncryptionMethod")?.attribute("Algorithm") ?? ""
      guard !fontSchemes.contains(scheme) else { continue }
      throw DocumentError(
        .encrypted,
        "The book is locked by digital rights management. Add a copy without it, if you may make one.")
    }
  }
}
