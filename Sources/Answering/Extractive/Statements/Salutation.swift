/// The line that opens a letter or a message, such as `Dear Ms Berg,` or `Hallo zusammen,`: it says nothing.
enum Salutation {
  private static let mostWords = 7

  /// Whether a paragraph is nothing else.
  static func isSalutation(_ paragraph: ArraySlice<UInt8>) -> Bool {
    guard paragraph.count <= 80, paragraph.last == UInt8(ascii: ",") || paragraph.last == UInt8(ascii: "!"),
      !paragraph.contains(0x0A)
    else { return false }
    let words = Words.spaced(String(decoding: paragraph, as: UTF8.self))
    guard (1...mostWords).contains(words.count), let first = words.first else { return false }
    return greetings.contains(String(first.lowercased().filter { $0.isLetter }))
  }

  private static let greetings: Set<String> = [
    "dear", "hi", "hello", "hey", "hallo", "liebe", "lieber", "liebes", "moin", "bonjour", "bonsoir", "cher",
    "chère",
    "chers", "chères", "estimado", "estimada", "estimados", "hola", "querido", "querida", "ciao", "gentile",
    "caro",
    "cara", "beste", "geachte", "hej", "kære", "kjære", "bästa",
  ]
}

extension Statement {
  /// Whether it is the lines above a message that say who wrote it to whom and when: what was asked for, or nothing.
  var isMessageHead: Bool {
    let fields = text.split(separator: "\n").compactMap { line in
      line.firstIndex(of: ":").map { line[..<$0].filter { $0 != "*" }.lowercased() }
    }
    return fields.count > 1 && Self.fields.contains(fields[0]) && Self.fields.contains(fields[1])
  }

  private static let fields: Set<String> = [
    "from", "to", "cc", "date", "sent", "subject", "von", "an", "gesendet", "datum", "betreff", "de", "à",
    "envoyé",
    "date d'envoi", "objet",
  ]
}
