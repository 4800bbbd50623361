import Commands
import HTTPServer

// Commands has a type of this name too.
import struct HTTPServer.Request

/// A body, or an object in one, whose members are all known. Another one is refused rather than passed over, as a
/// misspelt member would have something else done than was asked for.
protocol ClosedBody: Decodable {
  associatedtype CodingKeys: CodingKey, CaseIterable, RawRepresentable where CodingKeys.RawValue == String

  /// Whether members are passed over that resemble none of those known: clients of chats send more than is read.
  static var allowsMore: Bool { get }
}

extension ClosedBody {
  static var allowsMore: Bool { false }

  /// - Throws: `DecodingError` naming a member that is not known, and the one that is probably meant.
  static func refuseOthers(in decoder: any Decoder) throws {
    let known = CodingKeys.allCases.map(\.rawValue)
    for key in try decoder.container(keyedBy: MemberName.self).allKeys where !known.contains(key.stringValue)
    {
      let nearest = NearestName.of(key.stringValue, among: known)
      if nearest == nil, allowsMore { continue }
      let meant = nearest.map { "Did you mean '\($0)'? " } ?? ""
      throw DecodingError.dataCorrupted(
        DecodingError.Context(
          codingPath: decoder.codingPath + [MemberName(stringValue: String(key.stringValue.prefix(60)))],
          debugDescription: "not known here. \(meant)Known are \(known.joined(separator: ", "))."))
    }
  }
}

extension Request {
  /// Reads the body as JSON, whose members must all be known.
  ///
  /// - Throws: `HTTPError` naming the member that cannot be used.
  func decodeClosed<Body: ClosedBody>(_ type: Body.Type) throws -> Body {
    try decodeJSON(Closed<Body>.self).body
  }
}

private struct Closed<Body: ClosedBody>: Decodable {
  let body: Body

  init(from decoder: any Decoder) throws {
    try Body.refuseOthers(in: decoder)
    body = try Body(from: decoder)
  }
}

/// The name of any member.
private struct MemberName: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }
  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}
