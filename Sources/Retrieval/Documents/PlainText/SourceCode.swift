/// Source code as blocks that follow its structure: split where a blank line comes before something at the
/// margin, and within long definitions before something at the next level.
enum SourceCode {
  /// Bytes above which a definition is split again.
  private static let maximumSize = 4000

  /// Tells code by the file name's extension, or by the whole name for build files.
  static func isCode(name: String) -> Bool {
    let file = name.utf8.split(separator: UInt8(ascii: "/")).last.map { Array($0).lowercasedString } ?? ""
    if names.contains(file) { return true }
    guard let dot = file.lastIndex(of: ".") else { return false }
    return extensions.contains(String(file[file.index(after: dot)...]))
  }

  static func append(_ text: [UInt8], into builder: inout DocumentBuilder) {
    let lines = TextLines(text)
    for piece in pieces(of: 0..<lines.count, in: lines, at: 0) {
      if lines[piece].count <= maximumSize {
        builder.append(.code, utf8: lines[piece])
        continue
      }
      let level = innerIndent(of: piece, in: lines)
      for part in pieces(of: piece, in: lines, at: level) { builder.append(.code, utf8: lines[part]) }
    }
  }

  /// Splits before lines that follow a blank line, are indented by `indent` columns at most, and do not close
  /// what came before.
  private static func pieces(of range: Range<Int>, in lines: TextLines, at indent: Int) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var start = range.lowerBound
    for line in range.dropFirst() where lines.isBlank(line - 1) && !lines.isBlank(line) {
      guard lines.indent(line) <= indent, let first = lines[line].trimmedSpace.first,
        !")}]".utf8.contains(first)
      else { continue }
      result.append(start..<line)
      start = line
    }
    if start < range.upperBound { result.append(start..<range.upperBound) }
    return result
  }

  /// The smallest indentation after the first line that is not at the margin.
  private static func innerIndent(of piece: Range<Int>, in lines: TextLines) -> Int {
    let indents = piece.lazy.filter { !lines.isBlank($0) }.map { lines.indent($0) }.filter { $0 > 0 }
    return indents.min() ?? 0
  }

  private static let names: Set<String> = [
    "makefile", "dockerfile", "cmakelists.txt", "justfile", "rakefile", "gemfile", "vagrantfile",
    "jenkinsfile",
  ]
  private static let extensions: Set<String> = [
    "asm", "awk", "bash", "bat", "bzl", "c", "cc", "cfg", "clj", "cljs", "cmake", "coffee", "conf", "cpp",
    "cs",
    "css", "cu", "cue", "cxx", "d", "dart", "diff", "el", "elm", "erl", "ex", "exs", "f90", "fish", "fs",
    "glsl",
    "go", "gradle", "graphql", "groovy", "h", "haskell", "hcl", "hh", "hpp", "hs", "hxx", "ini", "java", "jl",
    "js", "json", "json5", "jsonc", "jsx", "kt", "kts", "less", "lisp", "lua", "m", "mjs", "cjs", "mk", "ml",
    "mli", "mm", "nim", "nix", "pas", "patch", "php", "pl", "plist", "pm", "properties", "proto", "ps1", "py",
    "pyi", "pyx", "r", "rb", "rs", "s", "sass", "scala", "scm", "scss", "sh", "sol", "sql", "svelte", "swift",
    "tcl", "tf", "thrift", "toml", "ts", "tsx", "v", "vala", "vb", "vhd", "vim", "vue", "wat", "yaml", "yml",
    "zig", "zsh",
  ]
}
