/// The rules of ignore files that apply below a folder, the nearest files last.
struct IgnoreRules: Sendable {
  enum Verdict: Equatable {
    case ignored, included
  }

  private struct File: Sendable {
    /// Number of components of the folder's path.
    let depth: Int
    let rules: [IgnoreRule]
  }

  /// The files that hold rules. The second has the last word over the first of the same folder.
  static let fileNames = [".gitignore", ".footnoteignore"]

  private var files: [File] = []

  init() {}

  var isEmpty: Bool { files.isEmpty }

  /// Adds the rules of a file of up to 1 MB.
  mutating func add(contentOf path: String, depth: Int) throws {
    add(String(decoding: try FileContent(path).all(limit: 1 << 20), as: UTF8.self), depth: depth)
  }

  /// Adds an ignore file's lines. A later file has the last word over an earlier one.
  ///
  /// - Parameter depth: number of components, in the paths to be tested, of the folder that the file lies in.
  mutating func add(_ content: String, depth: Int) {
    let text = content.unicodeScalars.first == "\u{FEFF}" ? content.dropFirst() : content[...]
    let rules = text.unicodeScalars.split(separator: "\n").compactMap { IgnoreRule(line: Substring($0)) }
    if !rules.isEmpty { files.append(File(depth: depth, rules: rules)) }
  }

  /// The last rule that matches decides; nil where none does. Folders above `path` are not looked at: whoever
  /// walks does not enter an ignored one.
  func verdict(_ path: [PathComponent], isFolder: Bool) -> Verdict? {
    for file in files.reversed() {
      guard path.count > file.depth else { continue }
      let relative = path[file.depth...]
      if let rule = file.rules.last(where: { $0.matches(relative, isFolder: isFolder) }) {
        return rule.isNegated ? .included : .ignored
      }
    }
    return nil
  }
}
