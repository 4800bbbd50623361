import Commands
import Glibc
import TestSupport
import Testing

@testable import RAGServer

@Suite struct SecurityExaminationTests {
  private func warnings(
    _ variables: [String: String], host: String = "127.0.0.1", files: [String] = []
  ) -> [String] {
    SecurityExamination(settings: Settings(environment: variables), host: host, files: files).findings()
      .filter { $0.status == .warning }.map(\.check)
  }

  @Test(
    arguments: [
      ([:], []), (["JWT_SECRET": "secret"], ["JWT_SECRET"]),
      (["JWT_SECRET": "abababababababababababababababababab"], ["JWT_SECRET"]),
      (["JWT_SECRET": "kGh3vLq9TzXw5RbN8cYdF2mJ7pS4aE6u"], []),
      (["SESSION_SECRET": "change-me"], ["SESSION_SECRET"]),
      (["SESSION_SECRET": "kGh3vLq9TzXw5RbN8cYdF2mJ7pS4aE6u,change-me"], ["SESSION_SECRET"]),
      (["SESSION_SECRET": ","], ["SESSION_SECRET"]),
      (["SESSION_SECRET": "kGh3vLq9TzXw5RbN8cYdF2mJ7pS4aE6u, 2mJ7pS4aE6ukGh3vLq9TzXw5RbN8cYdF"], []),
      (["ADMIN_API_KEY": "letmein"], ["ADMIN_API_KEY"]), (["ADMIN_API_KEY": "4f9a1c7be2d80356f1a2b3c4"], []),
      (["JWKS_URL": "http://keys.example/jwks"], ["JWKS_URL"]),
      (["JWKS_URL": "https://keys.example/jwks"], []),
      (["JWKS_URL": "http://localhost:3000/api/auth/jwks"], []), (["RATE_LIMIT": "off"], []),
      (["CORS_ORIGINS": "*"], ["CORS_ORIGINS"]), (["CORS_ORIGINS": "*", "ACCOUNTS": "required"], []),
    ] as [([String: String], [String])])
  func `settings that could be abused are named`(variables: [String: String], checks: [String]) {
    #expect(warnings(variables) == checks)
  }

  @Test(
    arguments: [
      ("127.0.0.1", [:], []), ("::1", [:], []), ("localhost", [:], []), ("0.0.0.0", [:], ["address"]),
      ("192.168.1.5", [:], ["address"]), ("0.0.0.0", ["ACCOUNTS": "required"], []),
      ("0.0.0.0", ["ACCOUNTS": "required", "RATE_LIMIT": "off"], ["RATE_LIMIT"]),
    ] as [(String, [String: String], [String])])
  func `an address that others reach wants accounts`(
    host: String, variables: [String: String], checks: [String]
  ) {
    #expect(warnings(variables, host: host) == checks)
  }

  @Test func `files that everybody can read are named with what mends that`() async throws {
    try await withTemporaryDirectory { directory async throws in
      try write("KEY=x", to: directory + "/.env")
      try write("", to: directory + "/state.db")
      chmod(directory + "/.env", 0o644)
      chmod(directory + "/state.db", 0o600)
      let files = [".env", "state.db", "absent.db"].map { directory + "/" + $0 }
      let findings = SecurityExamination(settings: Settings(environment: [:]), host: "::1", files: files)
        .findings()
      let warning = try #require(findings.first { $0.status == .warning })
      #expect(warning.repair == "chmod o-rwx '\(directory)/.env'")
      #expect(findings.filter { $0.check == "permissions" }.count == 2)
    }
  }
}
