/// Decides which segments are merged, so that there are few of them and each chunk is written anew only a few times.
///
/// Segments of about one size form a tier, the next tier is eight times larger. Eight segments of one tier become
/// one: a corpus of n chunks has about 7 log8(n / 256) segments at most, and each chunk is rewritten log8(n / 256)
/// times. Above `largest` chunks nothing is merged any more, which bounds the time and memory of one merge.
struct MergePolicy: Sendable {
  var fan = 8
  /// Chunks of the smallest tier's segments.
  var smallest = 256
  var largest = 1 << 18
  /// Part of removed chunks from which a segment is rewritten without them.
  var mostDeleted = 0.25

  struct Candidate {
    var id: Int
    /// Chunks, the removed ones included.
    var chunks: Int
    var deleted: Int
    var live: Int { chunks - deleted }
  }

  /// Segments to merge into one; empty if all is well. To be asked again after each merge.
  func next(_ candidates: [Candidate]) -> [Int] {
    var tiers: [Int: [Candidate]] = [:]
    for candidate in candidates {
      if candidate.live == 0 || Double(candidate.deleted) > mostDeleted * Double(candidate.chunks) {
        return [candidate.id]
      }
      tiers[tier(candidate.live), default: []].append(candidate)
    }
    for (_, members) in tiers.sorted(by: { $0.key < $1.key }) where members.count >= fan {
      var chosen: [Int] = []
      var total = 0
      for member in members.sorted(by: { $0.id < $1.id }) where total + member.live <= largest {
        chosen.append(member.id)
        total += member.live
      }
      if chosen.count >= fan || (chosen.count > 1 && total > largest / 2) { return chosen }
    }
    return []
  }

  private func tier(_ chunks: Int) -> Int {
    var tier = 0
    var size = smallest
    while chunks >= size {
      size *= fan
      tier += 1
    }
    return tier
  }
}
