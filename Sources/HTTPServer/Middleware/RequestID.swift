/// Names every request, in `request.id` and in the response's `X-Request-Id`: with the client's own
/// `X-Request-Id` if that is 1 to 128 letters, digits, dots, dashes or underscores, else with 128 random bits.
public struct RequestID: Middleware {
  public static let header = "X-Request-Id"

  public init() {}

  public func respond(to request: Request, next: @escaping Endpoint) async throws -> Response {
    var request = request
    request.id = request.headers[Self.header].flatMap { Self.isSane($0) ? $0 : nil } ?? Self.make()
    var response = try await next(request)
    response.headers[Self.header] = request.id
    return response
  }

  static func isSane(_ id: String) -> Bool {
    (1...128).contains(id.utf8.count)
      && id.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
        default: false
        }
      }
  }

  /// 32 hexadecimal digits.
  static func make() -> String {
    var generator = SystemRandomNumberGenerator()
    let words = [generator.next(), generator.next()]
    return String(unsafeUninitializedCapacity: 32) { buffer in
      for index in 0..<32 {
        let digit = UInt8(truncatingIfNeeded: words[index / 16] >> (UInt64(index % 16) * 4)) & 15
        buffer[index] = digit < 10 ? 0x30 + digit : 0x61 + digit - 10
      }
      return 32
    }
  }
}
