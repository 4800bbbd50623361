import Commands
import FoundationEssentials
import Retrieval

/// The documents that a command line names: on disk, or one from standard input.
struct Sources: DocumentLoader {
  let discovery: Discovery
  private let reader: DocumentReader
  private let input: StandardInput?

  init(_ invocation: Invocation) async throws {
    let paths = invocation[AddCommand.paths].filter { !SiteOptions.isAddress($0) }
    var limits = DocumentLimits()
    if let largest = invocation[AddCommand.maximumSize] { limits = DocumentLimits(largestDocument: largest) }
    reader = DocumentReader(limits: limits)
    var options = SourceWalker.Options()
    options.include = invocation[AddCommand.include]
    options.exclude = invocation[AddCommand.exclude]
    options.includesHidden = invocation[AddCommand.hidden]
    options.honoursIgnoreFiles = invocation[AddCommand.ignore]
    var found = Discovery.walk(paths.filter { $0 != "-" }, options: options)
    if paths.contains("-") {
      let input = try await StandardInput.read(
        name: invocation[AddCommand.name], limit: limits.containerBytes)
      found.files.append(input.file)
      found.given.append(input.file.source)
      self.input = input
    } else {
      input = nil
    }
    discovery = found
  }

  /// Whether no file or folder was named.
  var isEmpty: Bool { discovery.isEmpty }

  func read(_ file: SourceFile) throws -> DocumentReader.Content {
    if let input, input.file == file { return .document(input.bytes) }
    return try reader.read(file)
  }

  func parse(_ bytes: [UInt8], name: String) throws -> ParsedDocument {
    try reader.parse(bytes, name: name)
  }

  func parser(of bytes: [UInt8], name: String) -> String { reader.parser(of: bytes, name: name) }
}
