// swift-tools-version: 6.2
import PackageDescription

let swiftSettings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
]

/// A module map and shim over a C library that the distribution packages.
func library(_ name: String, pkgConfig: String? = nil, apt: String) -> Target {
  .systemLibrary(
    name: name, path: "Sources/CLibraries/\(name)", pkgConfig: pkgConfig, providers: [.apt([apt])])
}

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: swiftSettings)
}

func program(
  _ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []
) -> Target {
  .executableTarget(
    name: name, dependencies: dependencies, exclude: exclude, swiftSettings: swiftSettings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(
    name: name, dependencies: dependencies + ["TestSupport"], exclude: exclude,
    swiftSettings: swiftSettings)
}

let package = Package(
  name: "Footnote",
  products: [
    .executable(name: "ingest", targets: ["Ingest"]),
    .executable(name: "ragserver", targets: ["RAGServer"]),
    .library(name: "Retrieval", targets: ["Retrieval"]),
  ],
  targets: [
    library("CSQLite", pkgConfig: "sqlite3", apt: "libsqlite3-dev"),
    library("CCurl", pkgConfig: "libcurl", apt: "libcurl4-openssl-dev"),
    library("COpenBLAS", pkgConfig: "openblas", apt: "libopenblas-dev"),
    library("CXML2", pkgConfig: "libxml-2.0", apt: "libxml2-dev"),
    library("CArchive", pkgConfig: "libarchive", apt: "libarchive-dev"),
    library("CCMark", pkgConfig: "libcmark-gfm", apt: "libcmark-gfm-dev"),
    library("CMicroHTTPD", pkgConfig: "libmicrohttpd", apt: "libmicrohttpd-dev"),
    library("CPostgres", pkgConfig: "libpq", apt: "libpq-dev"),
    library("CHiredis", apt: "libhiredis-dev"),
    library("COpenSSL", pkgConfig: "libcrypto", apt: "libssl-dev"),
    library("CSpawn", apt: "libc6-dev"),
    library("CMalloc", apt: "libc6-dev"),

    module("HTTPClient", ["CCurl"]),
    module("HTTPServer", ["CMicroHTTPD"]),
    module("SQLite", ["CSQLite"]),
    .target(
      name: "CTransformerKernels", path: "Sources/CLibraries/CTransformerKernels",
      // Optimised in debug builds too: tests run models. Multiplications fuse with additions where the
      // processor can, and vectors of 16 are passed between inlined functions only (-Wno-psabi).
      cSettings: [.unsafeFlags(["-O3", "-ffp-contract=fast", "-Wno-psabi"])]),
    module("Transformer", ["CTransformerKernels"]),
    module("Commands"),
    module("Processes", ["CSpawn"]),
    module("Models", ["COpenBLAS", "HTTPClient", "Transformer"]),
    .target(
      name: "CVectorKernels", path: "Sources/CLibraries/CVectorKernels",
      // Optimised in debug builds too: they are what a search consists of.
      cSettings: [.unsafeFlags(["-O3", "-ffp-contract=fast", "-Wno-psabi"])]),
    module("Qdrant", ["HTTPClient"]),
    module(
      "Retrieval",
      [
        "HTTPClient", "Models", "Processes", "Qdrant", "SQLite", "CVectorKernels", "CXML2", "CArchive",
        "CCMark",
        "Cryptography",
      ]),
    module("Cryptography", ["COpenSSL"]),
    module("Accounts", ["Cryptography", "HTTPClient", "Models", "State"]),
    module("Answering", ["Retrieval", "Models", "State"]),
    module("MCP", ["Processes", "Answering", "Commands", "HTTPClient", "Models", "Retrieval", "State"]),
    module("PostgreSQL", ["CPostgres"]),
    module("Redis", ["CHiredis"]),
    module("State", ["Models", "SQLite", "PostgreSQL", "Redis"]),
    program("Benchmark", ["Models", "Retrieval", "Transformer"]),
    module("Setup", ["Answering", "Commands", "HTTPClient", "Models", "Qdrant", "Retrieval", "Transformer"]),
    module("Health", ["Models", "Retrieval"]),
    program(
      "Ingest", ["Health", "Setup", "Answering", "Commands", "HTTPClient", "MCP", "Retrieval", "Models"]),
    .target(name: "CPages", path: "Sources/CLibraries/CPages"),
    program(
      "RAGServer",
      [
        "Setup", "Answering", "Commands", "HTTPClient", "HTTPServer", "Qdrant", "Retrieval", "Models",
        "SQLite", "State", "Accounts", "Cryptography", "Health", "MCP", "CPages", "CMalloc",
      ], exclude: ["chat", "console", "docs", "parts", "widget"].map { "Pages/\($0)" }),

    .target(
      name: "TestSupport", dependencies: ["CSpawn", "Commands", "HTTPClient", "Models"],
      path: "Tests/Support",
      exclude: ["Python", "Qdrant/Contracts", "Qdrant/qdrant_contract.py", "Qdrant/qdrant_server.py"],
      swiftSettings: swiftSettings),
    tests("HTTPClientTests", ["HTTPClient"]),
    tests("HTTPServerTests", ["HTTPServer"]),
    tests("SQLiteTests", ["SQLite"]),
    tests("TransformerTests", ["Transformer"], exclude: ["Fixtures"]),
    .executableTarget(
      name: "CommandsFixture", dependencies: ["Commands"], path: "Tests/CommandsFixture",
      swiftSettings: swiftSettings),
    tests("CommandsTests", ["Commands", "CommandsFixture"]),
    tests("ProcessesTests", ["Processes"]),
    tests("ModelsTests", ["Models", "HTTPClient", "Transformer"]),
    tests("QdrantTests", ["HTTPClient", "Qdrant"]),
    tests(
      "RetrievalTests",
      ["HTTPClient", "Processes", "Qdrant", "Retrieval", "Models", "SQLite", "CVectorKernels"]),
    tests("CryptographyTests", ["Cryptography"]),
    tests("AccountsTests", ["Accounts", "Cryptography", "HTTPClient", "Models", "State"]),
    .executableTarget(
      name: "StateFixture", dependencies: ["State"], path: "Tests/StateFixture",
      swiftSettings: swiftSettings),
    tests("StateTests", ["State", "StateFixture", "Models", "SQLite", "PostgreSQL", "Redis"]),
    tests(
      "AnsweringTests", ["Answering", "HTTPClient", "Models", "Retrieval", "State"], exclude: ["Fixtures"]),
    tests("HealthTests", ["Health", "HTTPClient", "Models", "Retrieval"]),
    tests(
      "MCPTests", ["MCP", "Answering", "Commands", "HTTPClient", "Models", "Retrieval", "State"],
      exclude: ["Fixtures"]),
    tests("IngestTests", ["Ingest", "Commands", "Models", "Processes", "Retrieval", "SQLite"]),
    tests(
      "RAGServerTests",
      [
        "RAGServer", "Accounts", "Answering", "Commands", "Cryptography", "Health", "MCP", "HTTPClient",
        "HTTPServer", "Models", "Qdrant", "Retrieval", "SQLite", "State",
      ], exclude: ["OpenAI/Fixtures", "OpenAI/Python", "ChatKit/Python", "ChatKit/Fixtures"]),
  ]
)
