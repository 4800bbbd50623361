/// Makes one passage of neighbouring chunks.
enum PassageMerge {
  /// The passage from the first chunk's start to the last one's end, with the best one's scores.
  ///
  /// - Parameters:
  ///   - chunks: neighbours in one section, the best first.
  ///   - between: reads the stored text of a range; nil where that cannot be done.
  /// - Returns: nil if the text between two chunks cannot be had.
  static func merged(
    _ chunks: [Passage], between: (_ document: Int, _ range: Range<Int>) async throws -> String?
  ) async throws -> Passage? {
    guard var passage = chunks.first, chunks.count > 1 else { return chunks.first }
    let ordered = chunks.sorted { $0.start < $1.start }
    var text = ordered[0].text.unicodeScalars
    var end = ordered[0].end
    for chunk in ordered.dropFirst() where chunk.end > end {
      if chunk.start > end {
        guard let gap = try await between(chunk.documentID, end..<chunk.start),
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
    passage.start = ordered[0].start
    passage.end = end
    passage.text = String(text)
    passage.chunks = chunks.count
    let duplicates = chunks.flatMap { $0.duplicates ?? [] }
    passage.duplicates = duplicates.isEmpty ? nil : duplicates
    return passage
  }
}
