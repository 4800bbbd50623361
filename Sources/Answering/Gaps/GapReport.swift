import FoundationEssentials
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
    /// At least one.
    public var reasons: Set<Reason>
    /// Nil if that is not known.
    public var askedAt: Date?

    public init(_ text: String, reasons: Set<Reason>, askedAt: Date? = nil) {
      self.text = text
      self.reasons = reasons
      self.askedAt = askedAt
    }

    public init(_ text: String, reason: Reason) { self.init(text, reasons: [reason]) }
  }

  /// Questions that ask for the same.
  public struct Group: Sendable, Codable, Equatable {
    /// The question that lies nearest to all others of the group.
    public var question: String
    /// Times that a question of the group was asked.
    public var count: Int
    /// How often for each reason, by its name; one question may have several.
    public var reasons: [String: Int]
    /// Other wordings, the commonest first.
    public var examples: [String]
    /// When a question of the group was asked last, in ISO 8601; nil if that is not known.
    public var lastAsked: String?

    public init(
      question: String, count: Int, reasons: [String: Int], examples: [String], lastAsked: String? = nil
    ) {
      self.question = question
      self.count = count
      self.reasons = reasons
      self.examples = examples
      self.lastAsked = lastAsked
    }

    enum CodingKeys: String, CodingKey {
      case question, count, reasons, examples
      case lastAsked = "last_asked"
    }
  }

  /// Questions that were looked at.
  public var questions: Int
  /// Those of them that are in no group, because there were too many wordings; none as a rule.
  public var leftOut: Int
  /// The largest first.
  public var groups: [Group]

  enum CodingKeys: String, CodingKey {
    case questions, groups
    case leftOut = "left_out"
  }

  public init(questions: Int, leftOut: Int, groups: [Group]) {
    self.questions = questions
    self.leftOut = leftOut
    self.groups = groups
  }

  /// Wordings that are grouped where nobody says otherwise. Each costs about a millisecond of the embedding model.
  public static let limit = 10_000
  /// Cosine above which two groups are taken for one, on the average of their members, for a model with the usual range.
  static let similarity = 0.55
  private static let exampleLimit = 5

  /// One wording, however often it was asked.
  private struct Entry {
    var text: String
    var count = 0
    var reasons: [Reason: Int] = [:]
    var last: Date?
  }

  /// Groups `questions` by average linkage over the cosines of their vectors (Sokal and Michener, 1958): the commonest
  /// wordings first, further ones a block at a time, each with the group that it is most like or with others of its
  /// block.
  ///
  /// - Parameters:
  ///   - questions: latest first.
  ///   - block: wordings that are compared with each other at once, which costs the square of their number.
  ///   - limit: wordings that are grouped at most: the commonest, and of equally common ones the latest.
  public init(
    _ questions: [Question], model: any EmbeddingModel, limit: Int = Self.limit, block: Int = 2000
  ) async throws {
    let all = Self.entries(questions)
    let entries = Array(all.prefix(limit))
    self.questions = all.reduce(0) { $0 + $1.count }
    leftOut = all.dropFirst(limit).reduce(0) { $0 + $1.count }
    var members: [[Int]] = []
    let bound = Float(model.cosineScale.cosine(of: Self.similarity))
    // The sum of a group's vectors: its product with a vector is the sum of the cosines.
    var sums = EmbeddingMatrix(dimensions: model.fingerprint.dimensions)
    var vectors = EmbeddingMatrix(dimensions: model.fingerprint.dimensions)
    for start in stride(from: 0, to: entries.count, by: max(1, block)) {
      try Task.checkCancellation()
      let texts = entries[start..<min(start + max(1, block), entries.count)].map(\.text)
      vectors.append(contentsOf: try await model.embed(texts, as: .query))
      var strangers: [Int] = []
      for index in start..<vectors.count {
        let sizes = members
        let near = sums.products(with: vectors[index]).enumerated()
          .map { ($0, $1 / Float(sizes[$0].count)) }.max { $0.1 < $1.1 }
        if let (group, cosine) = near, cosine >= bound {
          members[group].append(index)
          sums.add(vectors[index], to: group)
        } else {
          strangers.append(index)
        }
      }
      let own = strangers.reduce(into: EmbeddingMatrix(dimensions: model.fingerprint.dimensions)) {
        $0.append(vectors[$1])
      }
      for group in Self.clusters(strangers.indices.map { own.products(with: own[$0]) }, bound: bound) {
        members.append(group.map { strangers[$0] })
        sums.append([Float](repeating: 0, count: model.fingerprint.dimensions))
        for member in group { sums.add(own[member], to: sums.count - 1) }
      }
    }
    groups = zip(members, 0..<sums.count).map { members, group in
      Self.group(members, entries, nearness: { index in Self.product(vectors[index], sums[group]) })
    }.sorted { ($0.count, $1.question) > ($1.count, $0.question) }
  }

  /// Different wordings, the commonest first and then the latest; case and punctuation make no difference.
  private static func entries(_ questions: [Question]) -> [Entry] {
    var positions: [String: Int] = [:]
    var entries: [Entry] = []
    for question in questions {
      let key = question.text.lowercased().split(whereSeparator: { $0.isWhitespace || $0.isPunctuation })
        .joined(separator: " ")
      guard !key.isEmpty, Courtesy(question.text) == nil else { continue }
      let position = positions[key] ?? entries.count
      if position == entries.count {
        positions[key] = position
        entries.append(Entry(text: question.text))
      }
      entries[position].count += 1
      for reason in question.reasons { entries[position].reasons[reason, default: 0] += 1 }
      if let time = question.askedAt { entries[position].last = max(entries[position].last ?? time, time) }
    }
    return entries.enumerated().sorted { ($0.element.count, $1.offset) > ($1.element.count, $0.offset) }
      .map(\.element)
  }

  private static func group(
    _ members: [Int], _ entries: [Entry], nearness: (Int) -> Float
  ) -> Group {
    let sorted = members.sorted { (entries[$0].count, $1) > (entries[$1].count, $0) }
    let nearest = Dictionary(uniqueKeysWithValues: members.map { ($0, nearness($0)) })
    let middle = sorted.max { (nearest[$0] ?? 0) < (nearest[$1] ?? 0) } ?? sorted[0]
    var reasons: [String: Int] = [:]
    for member in members {
      for (reason, count) in entries[member].reasons { reasons[reason.rawValue, default: 0] += count }
    }
    return Group(
      question: entries[middle].text, count: members.reduce(0) { $0 + entries[$1].count }, reasons: reasons,
      examples: sorted.filter { $0 != middle }.prefix(exampleLimit).map { entries[$0].text },
      lastAsked: members.compactMap { entries[$0].last }.max()?.formatted(.iso8601))
  }

  private static func product(_ a: ArraySlice<Float>, _ b: ArraySlice<Float>) -> Float {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// Joins the two groups that are most alike until none are alike enough; each step keeps, for every group, the
  /// group that it is most like.
  static func clusters(_ cosines: [[Float]], bound: Float = Float(similarity)) -> [[Int]] {
    var members = cosines.indices.map { [$0] }
    var likeness = cosines
    var alive = Array(cosines.indices)
    var best = cosines.indices.map { nearest($0, alive, likeness) }
    while alive.count > 1 {
      guard
        let first = alive.max(by: { (best[$0]?.1 ?? -2) < (best[$1]?.1 ?? -2) }),
        let (second, score) = best[first],
        score >= bound
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
