/// Makes one passage of neighbouring chunks.
enum PassageMerge {
  /// The passage from the first chunk's start to the last one's end, with the best one's scores.
  ///
  /// - Parameters:
  ///   - chunks: neighbours in one section, the best first.
  ///   - gaps: what stands between them, where they do not touch.
  /// - Returns: nil if the text between two chunks cannot be had.
  static func merged(_ chunks: [Passage], gaps: [TextPlace: String]) -> Passage? {
    guard var passage = chunks.first, chunks.count > 1 else { return chunks.first }
    let ordered = chunks.sorted { $0.start < $1.start }
    var text = ordered[0].text.unicodeScalars
    var end = ordered[0].end
    for chunk in ordered.dropFirst() where chunk.end > end {
      if chunk.start > end {
        guard let gap = gaps[TextPlace(document: chunk.documentID, range: end..<chunk.start)],
          gap.unicodeScalars.count == chunk.start - end
        else { return nil }
        text.append(contentsOf: gap.unicodeScalars)
        end = chunk.start
      }
      text.append(contentsOf: chunk.text.unicodeScalars.dropFirst(end - chunk.start))
      end = chunk.end
    }
    passage.page = ordered[0].page
    passage.anchor = ordered[0].anchor
    passage.url = ordered[0].url
    passage.start = ordered[0].start
    passage.end = end
    passage.text = String(text)
    passage.tableHead = ordered[0].tableHead
    passage.chunks = chunks.count
    let duplicates = chunks.flatMap { $0.duplicates ?? [] }
    passage.duplicates = duplicates.isEmpty ? nil : duplicates
    return passage
  }

  /// What is missing between chunks that become one passage.
  static func gaps(between chunks: [Passage]) -> [TextPlace] {
    guard chunks.count > 1 else { return [] }
    let ordered = chunks.sorted { $0.start < $1.start }
    var places: [TextPlace] = []
    var end = ordered[0].end
    for chunk in ordered.dropFirst() where chunk.end > end {
      if chunk.start > end { places.append(TextPlace(document: chunk.documentID, range: end..<chunk.start)) }
      end = chunk.end
    }
    return places
  }
}
