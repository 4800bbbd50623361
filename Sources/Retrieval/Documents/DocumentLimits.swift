/// How much one document or archive may cost before it is refused.
public struct DocumentLimits: Sendable, Equatable {
  /// Largest text document (Markdown, HTML, plain text, notebook, one part of a container), in bytes.
  /// Default 100 MB.
  public var documentBytes = 100 << 20
  /// Largest PDF, EPUB or office document, in bytes: most of such a file is pictures. Default 300 MB.
  public var containerBytes = 300 << 20
  /// Most that a whole archive may unpack to, in bytes. Default 1 GB.
  public var unpackedBytes = 1 << 30
  /// Most that an archive may grow by being unpacked, as a multiple of its own size. Looked at only above
  /// `ratioFloorBytes`, since a small file of repeated lines shrinks by any factor. Default 200.
  public var compressionRatio = 200
  /// Default 64 MB.
  public var ratioFloorBytes = 64 << 20
  /// Most members in one archive. Default 100,000.
  public var members = 100_000
  /// Processor time for reading one PDF, in seconds. Default 60.
  public var pdfProcessorSeconds = 60
  /// Time on the clock for reading one PDF, in seconds. Default 120.
  public var pdfSeconds = 120
  /// Address space of the program that reads a PDF, in bytes. Default 2 GB.
  public var pdfMemoryBytes = 2 << 30

  public init() {}

  /// The default limits with another largest document, as `--max-size` gives it. The other sizes grow with it
  /// and never shrink below it.
  public init(largestDocument bytes: Int) {
    documentBytes = bytes
    containerBytes = bytes
    unpackedBytes = max(unpackedBytes, bytes)
  }

  /// Refuses a document of `size` bytes where at most `limit` are allowed.
  static func check(_ size: Int, limit: Int) throws {
    guard size > limit else { return }
    throw DocumentError(
      .tooLarge,
      "It has \(ByteCount(size)) and the limit is \(ByteCount(limit)). Raise it with --max-size, or split the file."
    )
  }
}
