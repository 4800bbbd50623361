/// The lines of fenced code that readers of a page see: not those by which files are put in, the options of cells, or what
/// mdBook and rustdoc hide in examples in Rust.
struct CodeLines {
  private var isRust = false
  private var isCell = false

  init() {}

  /// - Parameter fence: the line that opens the code.
  init(fence: ArraySlice<UInt8>) {
    let info = fence.drop { $0.isASCIISpace || $0 == UInt8(ascii: ">") }.drop { "`~".utf8.contains($0) }
      .trimmedSpace
    let language = info.prefix { $0.isASCIIAlphanumeric }
    isRust = language.elementsEqual("rust".utf8)
    isCell = info.first == UInt8(ascii: "{") && info.last == UInt8(ascii: "}")
  }

  /// What is shown of a line; nil where nothing is.
  mutating func shown(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    let content = line.trimmedSpace
    guard let first = content.first else { return line }
    if isCell {
      if content.starts(with: "#| ") || content.starts(with: "//| ") || content.starts(with: "%%| ") {
        return nil
      }
      isCell = false
    }
    if isRust, first == UInt8(ascii: "#") {
      if content.count == 1 || content.starts(with: "# ") { return nil }
      // Two are one that is shown.
      if content.starts(with: "##") { return line[..<content.startIndex] + content.dropFirst() }
    }
    if first == UInt8(ascii: "{"), Self.putsIn(content) { return nil }
    if first == UInt8(ascii: "\\"), content.starts(with: "\\{{#") {
      return line[..<content.startIndex] + content.dropFirst()
    }
    return line
  }

  /// A line in the place of which a generator puts a file: `{{#include a.rs}}` of mdBook, `{* a.py hl[1] *}` and
  /// `{!a.md!}` of extensions to Python-Markdown.
  static func putsIn(_ line: ArraySlice<UInt8>) -> Bool {
    if line.starts(with: "{*") {
      return line.suffix(2).elementsEqual("*}".utf8) && line.contains(UInt8(ascii: "/"))
    }
    if line.starts(with: "{!") {
      // Laravel writes a value by `{!! value !!}`.
      let path = line.dropFirst(2).dropLast(2).trimmedSpace
      return line.suffix(2).elementsEqual("!}".utf8) && path.contains { "/.".utf8.contains($0) }
        && !path.contains { "! \t".utf8.contains($0) }
    }
    guard line.starts(with: "{{#"), line.suffix(2).elementsEqual("}}".utf8) else { return false }
    let name = line.dropFirst(3).prefix { $0.isASCIILetter || $0 == UInt8(ascii: "_") }
    return line[name.endIndex...].first == .space && helpers.contains(name.string)
  }

  private static let helpers: Set<String> = [
    "include", "rustdoc_include", "shiftinclude", "playground", "playpen", "title", "template",
  ]
}
