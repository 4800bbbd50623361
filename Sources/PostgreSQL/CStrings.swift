import Glibc

/// Texts as C wants them.
enum CStrings {
  /// Calls `body` with pointers to the texts, null for a nil text, and a null pointer at the end; valid only inside it.
  static func with<Result>(
    _ texts: [String?], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
  ) -> Result {
    let copies = texts.map { $0.flatMap { strdup($0) } }
    defer { for copy in copies { free(copy) } }
    let pointers = copies.map { $0.map { UnsafePointer($0) } } + [nil]
    return body(pointers)
  }
}
