/// What a server says about a collection.
public struct CollectionInfo: Sendable, Decodable {
  public enum Status: String, Sendable, Decodable {
    /// All is well.
    case green
    /// Being optimised.
    case yellow
    /// Waits to be optimised until it is written to.
    case grey
    /// Something has failed for good.
    case red
  }

  public struct Dense: Sendable, Decodable, Equatable {
    public var size: Int
    public var distance: CollectionSettings.Distance
  }

  public struct Sparse: Sendable, Decodable {
    public var modifier: String?
  }

  public struct Config: Sendable, Decodable {
    public struct Parameters: Sendable, Decodable {
      /// By name; the one without a name has the empty one.
      public var vectors: [String: Dense]
      public var sparseVectors: [String: Sparse]
      public var shardNumber: Int?
      public var replicationFactor: Int?

      private enum CodingKeys: CodingKey { case vectors, sparseVectors, shardNumber, replicationFactor }

      public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if let single = try? container.decodeIfPresent(Dense.self, forKey: .vectors) {
          vectors = ["": single]
        } else {
          vectors = try container.decodeIfPresent([String: Dense].self, forKey: .vectors) ?? [:]
        }
        sparseVectors = try container.decodeIfPresent([String: Sparse].self, forKey: .sparseVectors) ?? [:]
        shardNumber = try container.decodeIfPresent(Int.self, forKey: .shardNumber)
        replicationFactor = try container.decodeIfPresent(Int.self, forKey: .replicationFactor)
      }
    }

    public var params: Parameters
  }

  public struct Index: Sendable, Decodable {
    public var dataType: String
    /// Points that have the member.
    public var points: Int?
  }

  private enum Optimizer: Decodable {
    case text(String)
    case failure(String)

    private struct Failure: Decodable {
      var error: String
    }

    init(from decoder: any Decoder) throws {
      if let text = try? decoder.singleValueContainer().decode(String.self) {
        self = .text(text)
      } else {
        self = .failure(try Failure(from: decoder).error)
      }
    }
  }

  public let status: Status
  private let optimizerStatus: Optimizer?
  /// About how many there are.
  public let pointsCount: Int?
  public let indexedVectorsCount: Int?
  public let segmentsCount: Int?
  public let config: Config
  /// Indexes of members of payloads, by the members' names.
  public let payloadSchema: [String: Index]

  /// Why the optimizer gave up; nil if it has not.
  public var optimizerError: String? {
    if case .failure(let error)? = optimizerStatus { return error }
    return nil
  }
}
