import Models

/// What people asked that the corpus could not answer, or not well: questions grouped by meaning.
public struct GapReport: Sendable, Codable, Equatable {
  /// Why a question is a gap.
  public enum Reason: String, Sendable, Codable, CaseIterable {
    /// The corpus was said not to answer it.
    case refused
    /// The answer was given with little confidence.
    case lowConfidence = "low_confidence"
    /// Somebody disliked the answer.
    case disliked
  }

  /// A question that was asked once.
  public struct Question: Sendable, Equatable {
    public var text: String
    public var reason: Reason

    public init(_ text: String, reason: Reason) {
      self.text = text
      self.reason = reason
    }
  }

  /// Questions that ask for the same.
  public struct Group: Sendable, Codable, Equatable {
    /// The question that lies nearest to all others of the group.
    public var question: String
    /// Times that a question of the group was asked.
    public var count: Int
    /// How often for each reason, by its name.
    public var reasons: [String: Int]
    /// Other wordings, the commonest first.
    public var examples: [String]
  }

  /// Questions that were looked at.
  public var questions: Int
  /// The largest first.
  public var groups: [Group]

  /// Most questions of different wording that are grouped; comparing them costs the square of their number.
  public static let limit = 2000
  /// Cosine above which two groups are taken for one, on the average of their members.
  static let similarity = 0.55
  private static let exampleLimit = 5

  /// Groups `questions` by average linkage over the cosines of their vectors (Sokal and Michener, 1958).
  ///
  /// - Parameter questions: latest first.
  public init(_ questions: [Question], model: any EmbeddingModel) async throws {
    var asked: [String: (text: String, count: Int, reasons: [Reason: Int])] = [:]
    var order: [String] = []
    var seen = 0
    for question in questions {
      let key = question.text.lowercased().split(whereSeparator: { $0.isWhitespace || $0.isPunctuation })
        .joined(separator: " ")
      guard !key.isEmpty else { continue }
      if asked[key] == nil {
        guard order.count < Self.limit else { continue }
        order.append(key)
      }
      seen += 1
      asked[key, default: (question.text, 0, [:])].count += 1
      asked[key]?.reasons[question.reason, default: 0] += 1
    }
    self.questions = seen
    let entries = order.compactMap { asked[$0] }
    guard !entries.isEmpty else {
      groups = []
      return
    }
    let vectors = try await model.embed(entries.map(\.text), as: .query)
    let cosines = (0..<entries.count).map { vectors.products(with: Array(vectors[$0])) }
    groups = Self.clusters(cosines).map { members in
      let sorted = members.sorted { (entries[$0].count, $1) > (entries[$1].count, $0) }
      let middle =
        sorted.max { first, second in
          members.reduce(0) { $0 + cosines[first][$1] } < members.reduce(0) { $0 + cosines[second][$1] }
        } ?? sorted[0]
      var reasons: [String: Int] = [:]
      for member in members {
        for (reason, count) in entries[member].reasons { reasons[reason.rawValue, default: 0] += count }
      }
      return Group(
        question: entries[middle].text, count: members.reduce(0) { $0 + entries[$1].count },
        reasons: reasons,
        examples: sorted.filter { $0 != middle }.prefix(Self.exampleLimit).map { entries[$0].text })
    }.sorted { ($0.count, $1.question) > ($1.count, $0.question) }
  }

  /// Joins the two groups that are most alike until none are alike enough; each step keeps, for every group, the
  /// group that it is most like.
  static func clusters(_ cosines: [[Float]]) -> [[Int]] {
    var members = cosines.indices.map { [$0] }
    var likeness = cosines
    var alive = Array(cosines.indices)
    var best = cosines.indices.map { nearest($0, alive, likeness) }
    while alive.count > 1 {
      guard
        let first = alive.max(by: { (best[$0]?.1 ?? -2) < (best[$1]?.1 ?? -2) }),
        let (second, score) = best[first],
        score >= Float(similarity)
      else { break }
      let (own, other) = (Float(members[first].count), Float(members[second].count))
      for group in alive where group != first && group != second {
        let mean = (likeness[first][group] * own + likeness[second][group] * other) / (own + other)
        likeness[first][group] = mean
        likeness[group][first] = mean
      }
      members[first] += members[second]
      alive.removeAll { $0 == second }
      for group in alive where group == first || best[group]?.0 == first || best[group]?.0 == second {
        best[group] = nearest(group, alive, likeness)
      }
    }
    return alive.map { members[$0] }
  }

  private static func nearest(_ group: Int, _ alive: [Int], _ likeness: [[Float]]) -> (Int, Float)? {
    alive.lazy.filter { $0 != group }.map { ($0, likeness[group][$0]) }.max { $0.1 < $1.1 }
  }
}
