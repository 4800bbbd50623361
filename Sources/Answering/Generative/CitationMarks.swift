/// The numbers in square brackets that a chat model has put into its answer.
struct CitationMarks: Equatable {
  /// The answer with marks renumbered from 1 in order of appearance; marks that name no source are removed.
  let text: String
  /// Index of the source of each number.
  let sources: [Int]

  init(_ answer: String, sources count: Int) {
    var text = ""
    var sources: [Int] = []
    var rest = answer[...]
    while let open = rest.firstIndex(of: "[") {
      text += rest[..<open]
      let inside = rest[rest.index(after: open)...]
      guard let close = inside.firstIndex(of: "]") else {
        rest = rest[open...]
        break
      }
      let numbers = inside[..<close].split(whereSeparator: { ",; ".contains($0) })
      rest = inside[inside.index(after: close)...]
      guard !numbers.isEmpty, numbers.allSatisfy({ Int($0) != nil }) else {
        text += "[\(inside[..<close])]"
        continue
      }
      let marks = numbers.compactMap { Int($0) }.filter { (1...max(1, count)).contains($0) && count > 0 }.map
      { number in
        let index = number - 1
        let known = sources.firstIndex(of: index)
        if known == nil { sources.append(index) }
        return "[\((known ?? sources.count - 1) + 1)]"
      }
      if marks.isEmpty {
        // A space before a removed mark would stand before the full stop.
        while text.last == " " { text.removeLast() }
      }
      text += marks.joined()
    }
    self.text = text + rest
    self.sources = sources
  }
}
