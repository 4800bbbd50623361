/// Reads subtitles, SubRip's and WebVTT: what is said, in paragraphs, without numbers and times. Who speaks is kept, and
/// so is nothing else that marks a text up; notes, styles and regions are left out.
public struct SubtitleParser: DocumentParser {
  /// Bytes of a paragraph from which the next cue begins another, where it begins a sentence.
  private static let paragraph = 400

  public init() {}

  public func parse(_ bytes: [UInt8], name: String = "") throws -> ParsedDocument {
    let (text, notes) = try TextDecoding.decodeUTF8(bytes)
    var builder = DocumentBuilder()
    builder.notes = notes
    let lines = TextLines(text)
    var words = ""
    var speaker: String?
    func endParagraph() {
      builder.append(.paragraph, words)
      words = ""
    }
    for cue in Self.cues(in: lines) {
      let said = Self.plain(lines[cue])
      guard !said.text.isEmpty else { continue }
      let isNew = said.speaker != nil && said.speaker != speaker
      let isWhole = words.last.map { ".!?…\"”".contains($0) } ?? true
      if isNew || said.isTurn || words.utf8.count >= Self.paragraph && isWhole { endParagraph() }
      if let name = said.speaker, isNew || words.isEmpty {
        words += words.isEmpty ? "\(name): " : " \(name): "
      }
      speaker = said.speaker ?? speaker
      words += words.isEmpty || words.last == " " ? said.text : " " + said.text
    }
    endParagraph()
    return builder.build()
  }

  /// Whether a text is made of cues: a line of times among its first, and below it what is said then.
  static func isSubtitles(_ bytes: [UInt8]) -> Bool {
    TextLines(Array(bytes.prefix(1 << 11))).firstTimes.map { $0 < 40 } ?? false
  }

  /// The lines of each cue, below its times.
  private static func cues(in lines: TextLines) -> [Range<Int>] {
    var cues: [Range<Int>] = []
    var line = 0
    while line < lines.count {
      guard lines.isTimes(line) else {
        line += 1
        continue
      }
      let start = line + 1
      line = start
      while line < lines.count, !lines.isBlank(line), !lines.isTimes(line) { line += 1 }
      // Two may speak in one cue, a dash before what each says.
      var first = start
      for next in start..<line where next > first && isTurn(lines[next]) {
        cues.append(first..<next)
        first = next
      }
      if line > first { cues.append(first..<line) }
    }
    return cues
  }

  /// Whether a dash at the beginning of a line says that somebody else speaks.
  private static func isTurn(_ line: ArraySlice<UInt8>) -> Bool {
    let line = line.trimmedSpace
    guard let next = line.dropFirst().first else { return false }
    return line.first == UInt8(ascii: "-") && (next == .space || next.isASCIILetter)
  }

  private struct Said {
    var text: String
    var speaker: String?
    /// Whether another one begins to speak, as a dash says.
    var isTurn: Bool
  }

  /// What a cue says, on one line, without tags such as `<i>` and `{\\an8}`.
  private static func plain(_ cue: ArraySlice<UInt8>) -> Said {
    var text: [UInt8] = []
    var speaker: String?
    var index = cue.startIndex
    while index < cue.endIndex {
      let closing = cue[index] == UInt8(ascii: "<") ? UInt8(ascii: ">") : UInt8(ascii: "}")
      let opens = cue[index] == UInt8(ascii: "<") || cue[index...].starts(with: "{\\".utf8)
      if opens, let end = cue[index...].prefix(200).firstIndex(of: closing) {
        let tag = cue[(index + 1)..<end]
        if tag.starts(with: "v ".utf8) || tag.starts(with: "v.".utf8), let space = tag.firstIndex(of: .space)
        {
          speaker = speaker ?? Whitespace.collapsed(tag[(space + 1)...].string)
        }
        index = end + 1
      } else {
        text.append(cue[index])
        index += 1
      }
    }
    let isTurn = isTurn(text[...])
    let words = Whitespace.collapsed(
      HTMLEntities.decoded(isTurn ? text[...].trimmedSpace.dropFirst() : text[...]).string)
    return Said(text: words, speaker: speaker, isTurn: isTurn)
  }
}

extension TextLines {
  /// Whether a line holds the times of a cue: `00:00:01,000 --> 00:00:04,200`, `01:02.500 --> 01:04.000 align:start`.
  fileprivate func isTimes(_ line: Int) -> Bool {
    let words = self[line].split(whereSeparator: \.isASCIISpace)
    return words.count >= 3 && words[1].elementsEqual("-->".utf8) && Self.isTime(words[0])
      && Self.isTime(words[2])
  }

  /// The first such line.
  fileprivate var firstTimes: Int? { (0..<count).first(where: isTimes) }

  private static func isTime(_ word: ArraySlice<UInt8>) -> Bool {
    let parts = word.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    return (2...3).contains(parts.count)
      && word.allSatisfy { $0.isASCIIDigit || ":.,".utf8.contains($0) } && parts.allSatisfy { !$0.isEmpty }
  }
}
