/// The formats that documents are read from.
public enum DocumentFormat: String, Sendable, CaseIterable {
  case markdown, html, plainText, reStructuredText, notebook, epub, docx, pdf
  /// A zip archive of documents.
  case archive

  /// The format that a file's extension names; nil where the extension says nothing.
  ///
  /// - Parameter name: a file name or a path.
  public init?(name: String) {
    let fileExtension = FileName.pathExtension(name)
    switch fileExtension {
    case "md", "markdown", "mdx", "mdown", "mkd": self = .markdown
    case "html", "htm", "xhtml": self = .html
    case "rst": self = .reStructuredText
    case "ipynb": self = .notebook
    case "epub": self = .epub
    case "docx": self = .docx
    case "pdf": self = .pdf
    case "zip": self = .archive
    default:
      guard Self.text.contains(fileExtension) || Self.code.contains(fileExtension) else { return nil }
      self = .plainText
    }
  }

  private static let text: Set<String> = [
    "txt", "text", "adoc", "asciidoc", "bib", "cfg", "conf", "csv", "ini", "json", "jsonl", "log", "org",
    "tex",
    "toml", "tsv", "typ", "xml", "yaml", "yml",
  ]

  private static let code: Set<String> = [
    "asm", "awk", "bash", "bat", "c", "cc", "clj", "cljs", "cmake", "cpp", "cs", "css", "cu", "cxx", "d",
    "dart",
    "el", "elm", "erl", "ex", "exs", "f90", "fish", "fs", "go", "gradle", "graphql", "groovy", "h", "hcl",
    "hh", "hpp",
    "hrl", "hs", "hxx", "java", "jl", "js", "jsx", "kt", "kts", "less", "lisp", "lua", "m", "ml", "mli", "mm",
    "nim",
    "nix", "pas", "php", "pl", "pm", "proto", "ps1", "py", "pyi", "r", "rb", "rs", "s", "sass", "scala",
    "scm", "scss",
    "sh", "sol", "sql", "svelte", "swift", "tcl", "tf", "ts", "tsx", "v", "vb", "vhd", "vim", "vue", "zig",
    "zsh",
  ]
}
