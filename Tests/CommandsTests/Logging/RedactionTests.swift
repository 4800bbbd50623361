import Testing

@testable import Commands

@Suite struct RedactionTests {
  @Test(arguments: [
    ("Authorization: Bearer abc.def-123", "Authorization: [redacted]"),
    ("sent Bearer abc.def-123 twice", "sent Bearer [redacted] twice"),
    ("Incorrect API key provided: sk-abcd1234efgh5678.", "Incorrect API key provided: sk-[redacted]"),
    ("sk-proj-aB3_dE-fgh12345 used", "sk-[redacted] used"),
    ("https://api.example/v1?key=AIzaSyABCDEFGHIJK&x=1", "https://api.example/v1?key=[redacted]&x=1"),
    ("?key=plain123", "?key=[redacted]"),
    ("postgres://ada:s3cret@db:5432/x", "postgres://ada:[redacted]@db:5432/x"),
    ("postgres://user:password@db:5432/x", "postgres://user:[redacted]@db:5432/x"),
    ("postgres://ada:password@host/x", "postgres://ada:[redacted]@host/x"),
    ("postgres://user:password@hostess/x", "postgres://user:[redacted]@hostess/x"),
    ("postgres://user:password@host@db/x", "postgres://user:[redacted]@db/x"),
    ("postgres://ada@db/x?y=a:b@c", "postgres://ada@db/x?y=a:b@c"),
    ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc_DEF-1", "eyJ[redacted]"),
    (#"{"api_key":"abc","n":1}"#, #"{"api_key":"[redacted]","n":1}"#),
    (#"{"password": "a b", "x": "y"}"#, #"{"password": "[redacted]", "x": "y"}"#),
    ("OPENAI_API_KEY=abc PORT=80", "OPENAI_API_KEY=[redacted] PORT=80"),
    ("X-API-Key: 12345", "X-API-Key: [redacted]"), ("client_secret=a1&z=2", "client_secret=[redacted]&z=2"),
    ("Cookie: a=b; c=d\nHost: x", "Cookie: [redacted]\nHost: x"),
    ("key aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1dE3fG5hJ7k ok", "key [redacted] ok"),
    ("ghp_abcdefghij0123456789", "ghp_[redacted]"),
  ])
  func `what looks like a secret is hidden`(text: String, expected: String) {
    #expect(Redaction().redact(text) == expected)
    // Redacting twice changes nothing more.
    #expect(Redaction().redact(expected) == expected)
  }

  @Test(arguments: [
    "Embedding 1,204 of 5,000 chunks", "docs/a-rather-long-file-name-with-many-words-2024.pdf",
    "sha256 b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54",
    "123e4567-e89b-12d3-a456-426614174000", "tokens=512 max_tokens: 64", "Bearer authentication is required",
    "basic ingredients of a stew", "The key: practice", "password: missing", "sk-learn",
    "http://host:8080/a:b", "of the form postgresql://user:password@host:5432/database",
    "redis://user:password@host:6379/0 (write @ in a password as %40)", "redis://user:password@host.",
    "TheQuickBrownFoxJumpsOverTheLazyDog2024Report", "", "漢字 🙂 é",
  ])
  func `what does not is left alone`(text: String) {
    #expect(Redaction().redact(text) == text)
  }

  @Test func `known values are hidden wherever they are, the longest first`() {
    let redaction = Redaction(secrets: ["abcdef", "abcdefghi", "on"])
    #expect(redaction.redact("x abcdefghi y abcdefz on") == "x [redacted] y [redacted]z on")
  }

  @Test(arguments: [
    ("OPENAI_API_KEY", true), ("JWT_SECRET", true), ("x-api-key", true), ("Authorization", true),
    ("access_token", true), ("PORT", false), ("tokens", false), ("QDRANT_URL", false), ("PWD", false),
    ("keyboard", false),
  ])
  func `names of secrets are known`(name: String, expected: Bool) {
    #expect(Redaction.isSecretName(name) == expected)
  }
}
