import Models
import Testing

@testable import MCP

@Suite struct MCPConfigurationTests {
  private func read(_ text: String) throws -> [MCPServerDescription] {
    try MCPConfiguration(parsing: Array(text.utf8)) { ["TOKEN": "secret", "HOME": "/home/ann"][$0] }.servers
  }

  @Test func bothKindsOfServersAreRead() throws {
    let servers = try read(
      """
      {"mcpServers": {
        "web": {"url": "https://example.org/mcp", "headers": {"Authorization": "Bearer ${TOKEN}"}, "timeout": "5s"},
        "files": {"command": "npx", "args": ["-y", "server", "${HOME}/notes", "${X:-none}"], "env": {"A": "1"},
          "allow": ["read_*"], "timeout": 2},
        "off": {"command": "x", "disabled": true}
      }}
      """)
    #expect(
      servers == [
        MCPServerDescription(
          name: "files",
          transport: .process(
            command: "npx", arguments: ["-y", "server", "/home/ann/notes", "none"], environment: ["A": "1"],
            directory: nil), allow: ["read_*"], timeout: .seconds(2)),
        MCPServerDescription(
          name: "web",
          transport: .http(url: "https://example.org/mcp", headers: ["Authorization": "Bearer secret"]),
          timeout: .seconds(5)),
      ])
  }

  @Test(arguments: [
    ("{", "it is not JSON."), ("{}", "it has no object 'mcpServers'."),
    (#"{"mcpServers":{"a":1}}"#, "mcpServers.a: expected an object."),
    (#"{"mcpServers":{"a":{}}}"#, "mcpServers.a: expected either 'command' or 'url'."),
    (
      #"{"mcpServers":{"a":{"command":"x","url":"http://y"}}}"#,
      "mcpServers.a: expected either 'command' or 'url'."
    ),
    (
      #"{"mcpServers":{"a":{"url":"file:///x"}}}"#,
      "mcpServers.a.url: expected an http or https address, found 'file:///x'."
    ),
    (#"{"mcpServers":{"a":{"command":"x","args":"y"}}}"#, "mcpServers.a.args: expected a list of strings."),
    (#"{"mcpServers":{"a":{"command":"x","env":{"B":1}}}}"#, "mcpServers.a.env.B: expected a string."),
    (
      #"{"mcpServers":{"a":{"command":"x","env":{"B":"${NONE}"}}}}"#,
      "mcpServers.a.env.B: the variable NONE is not set."
    ),
    (
      #"{"mcpServers":{"a":{"command":"x","timeout":"soon"}}}"#,
      "mcpServers.a.timeout: expected a time such as 20s, up to an hour."
    ),
  ])
  func aMistakeIsNamed(text: String, message: String) {
    #expect(throws: MCPConfigurationError(message)) { try read(text) }
  }

  @Test func aMissingFileIsNamed() {
    #expect(
      throws: MCPConfigurationError("Cannot read the MCP configuration '/none.json': there is no such file.")
    ) {
      try MCPConfiguration(path: "/none.json") { _ in nil }
    }
  }

  @Test(arguments: [
    ("read_file", "files", "files_read_file"), ("a.b/c", "x y", "x_y_a_b_c"), ("ö", "s", "s__"),
  ])
  func toolsAreNamedAfterTheirServer(tool: String, server: String, name: String) {
    #expect(MCPRemoteTool.prefixed(tool, server) == name)
  }

  @Test func longNamesStayApart() {
    let long = String(repeating: "x", count: 80)
    let names = ["a", "b"].map { MCPRemoteTool.prefixed(long + $0, "server") }
    #expect(names[0] != names[1] && names.allSatisfy { $0.count <= 64 })
  }
}
