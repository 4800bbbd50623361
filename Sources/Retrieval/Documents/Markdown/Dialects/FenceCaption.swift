/// What a page shows above code, after what stands behind the opening fence: `js title="src/a.js"`, `{.py filename="a.py"}`,
/// or `js [a.js]` in VitePress.
enum FenceCaption {
  static func of(info: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard info.contains(where: { "=[.".utf8.contains($0) }) else { return nil }
    for key in keys {
      if let value = value(of: key, in: info), !value.isBlank { return value.trimmedSpace }
    }
    let words = info.split(separator: .space)
    if words.count > 1, isFile(words[1]) { return words[1] }
    guard info.last == UInt8(ascii: "]"), let open = info.lastIndex(of: UInt8(ascii: "[")),
      open > info.startIndex,
      info[open - 1] == .space, !info[..<open].contains(UInt8(ascii: "="))
    else { return nil }
    let name = info[(open + 1)...].dropLast().trimmedSpace
    // Mintlify has a switch there.
    return name.isEmpty || name.elementsEqual("expandable".utf8) ? nil : name
  }

  /// Whether a word is the name of a file: `src/a.js`.
  private static func isFile(_ word: ArraySlice<UInt8>) -> Bool {
    guard let dot = word.lastIndex(of: UInt8(ascii: ".")), dot > word.startIndex, dot + 1 < word.endIndex
    else {
      return false
    }
    return word[(dot + 1)...].allSatisfy(\.isASCIIAlphanumeric) && word[dot + 1].isASCIILetter
      && word.allSatisfy { $0.isASCIIAlphanumeric || "._-/".utf8.contains($0) }
  }

  private static let keys: [StaticString] = ["title=", "filename=", "caption="]

  /// The value in quotes behind `key`, which begins a word.
  private static func value(of key: StaticString, in info: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    var index = info.startIndex
    while index < info.endIndex {
      let isStart = index == info.startIndex || !info[index - 1].isASCIIAlphanumeric
      let rest = info[index...]
      if isStart, rest.starts(with: key) {
        let value = rest.dropFirst(key.utf8CodeUnitCount)
        guard let quote = value.first, "\"'".utf8.contains(quote) else {
          return value.prefix { !$0.isASCIISpace && $0 != UInt8(ascii: "}") }
        }
        return value.dropFirst().prefix { $0 != quote }
      }
      index += 1
    }
    return nil
  }
}
