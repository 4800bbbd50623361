import HTTPClient
import Testing

@Suite("Retry-After")
struct RetryAfterTests {
  /// 1994-11-06 08:49:37 UTC.
  static let moment = 784_111_777

  @Test(
    "is read in every form",
    arguments: [
      (["Retry-After": "12"], .seconds(12)),
      (["retry-after": " 0 "], .zero),
      (["Retry-After": "1.5"], .seconds(1.5)),
      (["Retry-After": "-3"], .zero),
      (["Retry-After": "Sun, 06 Nov 1994 08:50:37 GMT"], .seconds(60)),
      (["Retry-After": "Sunday, 06-Nov-94 08:50:37 GMT"], .seconds(60)),
      (["Retry-After": "Sun Nov  6 08:50:37 1994"], .seconds(60)),
      (["Retry-After": "Sun, 06 Nov 1994 08:00:00 GMT"], .zero),
      (
        ["Retry-After": "Sun, 06 Nov 1994 08:50:37 GMT", "Date": "Sun, 06 Nov 1994 08:50:30 GMT"], .seconds(7)
      ),
      (["retry-after-ms": "250", "Retry-After": "12"], .milliseconds(250)),
      (["Retry-After": "soon"], nil),
      (["Retry-After": ""], nil),
      (["Retry-After": "nan"], nil),
      (["Retry-After": "inf"], nil),
      (["Retry-After": "1e300"], nil),
      ([:], nil),
    ] as [(HTTPHeaders, Duration?)])
  func retryAfter(_ headers: HTTPHeaders, _ expected: Duration?) {
    #expect(headers.retryAfter(now: Double(Self.moment)) == expected)
  }

  @Test(
    "dates are checked",
    arguments: [
      ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
      ("Thu, 29 Feb 2024 23:59:59 GMT", 1_709_251_199), ("Sat, 21 Nov 2026 12:00:00 GMT", 1_795_262_400),
      ("Wed, 31 Dec 1969 23:59:59 GMT", -1), ("Sun, 06 Nov 1994 08:49:37 CET", nil),
      ("Sun, 06 Foo 1994 08:49:37 GMT", nil), ("Sun, 06 Nov 1994 25:49:37 GMT", nil),
      ("Sun, 06 Nov 1994 08:49 GMT", nil), ("Sun, 99 Nov 1994 08:49:37 GMT", nil), ("", nil),
      ("a b c d e GMT", nil), ("Sun, 06 Nov 99999999999999999999 08:49:37 GMT", nil),
    ] as [(String, Int?)])
  func dates(_ text: String, _ expected: Int?) {
    #expect(HTTPDate.unixSeconds(text) == expected)
  }
}
