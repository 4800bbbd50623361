/// What was found at the sources that a run takes in.
public struct Discovery: Sendable {
  public var files: [SourceFile]
  /// Sources that exist but cannot be read.
  public var failures: [SourceFailure]
  /// Given paths at which there is nothing: they are reported, and remembered only if the corpus has a document of them.
  public var missing: [SourceFailure] = []
  /// What lies in the folders and is no document.
  public var passedOver = PassedOver()
  /// What was named and is there: files, and folders with `/` at their end.
  public var given: [String] = []
  /// Starts of sources that were listed completely: folders, with `/` at their end. What the corpus holds below
  /// them and was not found has left its source.
  public var roots: [String]

  /// Whether no file or folder was named.
  public var isEmpty: Bool { files.isEmpty && failures.isEmpty && missing.isEmpty && roots.isEmpty }

  public init(files: [SourceFile] = [], failures: [SourceFailure] = [], roots: [String] = []) {
    self.files = files
    self.failures = failures
    self.roots = roots
  }
}
