/// Tells lines of code and commands from lines of prose, where a stored text keeps nothing but the lines.
enum CodeLines {
  /// Whether most lines are commands for a shell.
  static func areCommands(_ lines: [Range<Int>], in utf8: [UInt8]) -> Bool {
    var commands = 0
    var others = 0
    // Calls of programs that are not known, which count beside one that is.
    var bare = 0
    var continues = false
    for line in lines {
      let isComment = utf8[line].starts(with: "# ".utf8) && !isRootCommand(utf8[line])
      if !isComment {
        if continues || isCommand(utf8[line], isAlone: lines.count == 1) {
          commands += 1
        } else if isBare(utf8[line]) {
          bare += 1
        } else {
          others += 1
        }
      }
      continues = !isComment && utf8[line].last == UInt8(ascii: "\\")
    }
    return others == 0 ? commands > 0 : commands > others + bare
  }

  /// Whether a paragraph that a colon announces is code: nothing in it reads as prose, or each line looks like code.
  static func areAnnounced(_ lines: [Range<Int>], in utf8: [UInt8]) -> Bool {
    lines.allSatisfy { isBare(utf8[$0]) } || lines.allSatisfy { isCode(utf8[$0]) && isNoClause(utf8[$0]) }
      || isQuery(lines, in: utf8)
  }

  /// Whether each line is indented as examples are, by four spaces or more, and none is a sentence.
  static func areSetApart(_ lines: [Range<Int>], in utf8: [UInt8]) -> Bool {
    lines.allSatisfy { line in
      guard line.lowerBound >= 4, utf8[(line.lowerBound - 4)..<line.lowerBound].allSatisfy({ $0 == 0x20 }),
        let last = utf8[line].last
      else { return false }
      return !".?!,;:".utf8.contains(last) || utf8[line].split(separator: 0x20, maxSplits: 3).count < 4
    }
  }

  /// Whether lines are one command of SQL: its verb in capitals, and a semicolon behind the last one.
  private static func isQuery(_ lines: [Range<Int>], in utf8: [UInt8]) -> Bool {
    guard let first = lines.first, let last = lines.last, utf8[last].last == UInt8(ascii: ";") else {
      return false
    }
    return queryVerbs.contains(String(decoding: utf8[first].prefix { $0 > 0x20 }, as: UTF8.self))
  }

  private static let queryVerbs: Set<String> = [
    "SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "ALTER", "DROP", "WITH", "EXPLAIN", "GRANT", "REVOKE",
    "PRAGMA", "ATTACH", "VACUUM", "ANALYZE", "SET", "SHOW", "BEGIN", "COMMIT", "COPY", "TRUNCATE",
  ]

  /// Whether a line is more than a part of a sentence that a semicolon ends: its first word is in capitals, as in SQL, or it
  /// holds a sign of code.
  private static func isNoClause(_ line: ArraySlice<UInt8>) -> Bool {
    guard line.last == UInt8(ascii: ";") else { return true }
    let word = line.prefix { $0 != 0x20 }
    return word.count > 2 && word.allSatisfy { (0x41...0x5A).contains($0) }
      || line.contains { "(=".utf8.contains($0) }
  }

  /// Whether lines all begin with the name of one program.
  static func areAlike(_ lines: [Range<Int>], in utf8: [UInt8]) -> Bool {
    guard lines.count > 1, lines.allSatisfy({ isBare(utf8[$0]) }) else { return false }
    return Set(lines.map { utf8[$0].prefix { $0 != 0x20 } }).count == 1
  }

  /// Two words or more without a word or a sign of prose, the first in small letters.
  private static func isBare(_ line: ArraySlice<UInt8>) -> Bool {
    guard let last = line.last, !".,:;!?".utf8.contains(last) else { return false }
    let tokens = String(decoding: line, as: UTF8.self).split(separator: " ")
    guard tokens.count > 1, let name = tokens.first, name.first?.isLowercase == true, isPlain(name) else {
      return false
    }
    return !tokens.contains { token in
      ProseLines.words.contains(token.lowercased()) || token.count > 1 && ",;".contains(token.last ?? " ")
    }
  }

  /// Whether a paragraph is an object or a list of JSON.
  static func areJSON(_ paragraph: ArraySlice<UInt8>) -> Bool {
    guard let first = paragraph.first, let last = paragraph.last else { return false }
    guard
      first == UInt8(ascii: "{") && last == UInt8(ascii: "}")
        || first == UInt8(ascii: "[") && last == UInt8(ascii: "]")
    else { return false }
    let text = String(decoding: paragraph, as: UTF8.self)
    return text.contains("\":") || text.contains("\" :")
  }

  /// Whether a line says how a command is written: `tool [options] add [FILE]`.
  static func isSynopsis(_ line: ArraySlice<UInt8>) -> Bool {
    guard let first = line.first, let last = line.last else { return false }
    let opened = line.count { $0 == UInt8(ascii: "[") }
    return (0x61...0x7A).contains(first) && "].>".utf8.contains(last) && opened > 1
      && opened == line.count { $0 == UInt8(ascii: "]") } && !line.contains(UInt8(ascii: ","))
  }

  /// Whether lines of one paragraph are code: they were not wrapped as prose is, and half of them or more look like it.
  static func areCode(_ lines: [Range<Int>], in utf8: [UInt8]) -> Bool {
    guard lines.count > 1, !isWrapped(lines, in: utf8) else { return false }
    return lines.count { isCode(utf8[$0]) } * 2 >= lines.count
  }

  /// Whether each line ends where the next word would not have fitted any more.
  private static func isWrapped(_ lines: [Range<Int>], in utf8: [UInt8]) -> Bool {
    let width = lines.map(\.count).max() ?? 0
    return width > 40
      && zip(lines, lines.dropFirst()).allSatisfy { line, next in
        let word = utf8[next].prefix { $0 != 0x20 }.count
        return line.count + 1 + word > width
      }
  }

  /// - Parameter isAlone: whether no other line stands beside it, so that one word is rather a heading.
  private static func isCommand(_ line: ArraySlice<UInt8>, isAlone: Bool) -> Bool {
    guard let first = line.first, let last = line.last,
      !".!?:".utf8.contains(last) || line.contains(UInt8(ascii: "/"))
    else { return false }
    if line.starts(with: "$ ".utf8) || isRequest(line) || isRootCommand(line) { return true }
    // Prose begins with a capital letter and costs no more than this.
    guard first < 0x41 || first > 0x5A, first < 0x80 else { return false }
    let tokens = String(decoding: line, as: UTF8.self).split(separator: " ")
    guard let name = tokens.first, tokens.count > 1 || !isAlone else { return false }
    // "ls - list files" says what a command does.
    if tokens.count > 3, signs.contains(tokens[1]) { return false }
    if tools.contains(String(name)) { return true }
    if tokens.dropFirst().contains(where: { ProseLines.words.contains(String($0)) }) { return false }
    if toolsAndWords.contains(String(name)) { return true }
    return isPlain(name) && tokens.dropFirst().contains { isOption($0) || isPath($0) }
  }

  /// Whether a line is the method and the path of a request, as references of interfaces name them.
  private static func isRequest(_ line: ArraySlice<UInt8>) -> Bool {
    let tokens = line.split(separator: 0x20, maxSplits: 1)
    return tokens.count == 2 && tokens[1].first == UInt8(ascii: "/")
      && ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"].contains {
        tokens[0].elementsEqual($0.utf8)
      }
  }

  /// Whether a line is a command behind the prompt of the root user, and no comment.
  private static func isRootCommand(_ line: ArraySlice<UInt8>) -> Bool {
    let command = line.dropFirst(2)
    return line.starts(with: "# ".utf8) && !command.starts(with: "$ ".utf8)
      && isCommand(command, isAlone: true)
  }

  private static func isPlain(_ name: Substring) -> Bool {
    name.allSatisfy { $0.isLowercase || $0.isNumber || "./_-".contains($0) }
  }

  private static func isPath(_ token: Substring) -> Bool {
    ["./", "../", "~/", "$("].contains(where: token.hasPrefix)
      || token.first == "/" && token.dropFirst().contains("/")
  }

  private static func isOption(_ token: Substring) -> Bool {
    guard token.first == "-", let letter = token.drop(while: { $0 == "-" }).first else { return false }
    return letter.isLetter && token.prefix { $0 == "-" }.count <= 2
  }

  /// Whether a line looks like code.
  static func isCode(_ line: ArraySlice<UInt8>) -> Bool {
    guard let last = line.last else { return false }
    if isCommand(line, isAlone: false) || ";{}\\".utf8.contains(last) { return true }
    let text = String(decoding: line, as: UTF8.self)
    if ["#include ", "import ", "from ", "def ", "func ", "fn ", "const ", "return ", "export "].contains(
      where: text.hasPrefix), !".!?".utf8.contains(last)
    {
      return true
    }
    if ["//", "/*"].contains(where: text.hasPrefix) { return true }
    return text.contains(" = ") || text.contains(" := ") || text.contains(" == ")
  }

  private static let signs: Set<Substring> = ["-", "--", "–", "—"]

  /// Names of programs that no sentence begins with.
  private static let tools: Set<String> = [
    "sudo", "apt", "apt-get", "dnf", "yum", "apk", "pacman", "pip", "pip3", "pipx", "uv", "conda", "npm",
    "npx",
    "pnpm", "deno", "rustup", "swiftc", "python3", "javac", "mvn", "gradle", "dotnet", "git", "gh", "docker",
    "docker-compose", "podman", "kubectl", "curl", "wget", "ssh", "scp", "rsync", "unzip", "cmake", "gcc",
    "g++",
    "cd", "mkdir", "rm", "cp", "mv", "ln", "ls", "chmod", "chown", "systemctl", "journalctl", "psql", "mysql",
    "sqlite3", "redis-cli", "ros2", "colcon", "rosdep", "openssl",
  ]

  /// Names of programs that are words, too.
  private static let toolsAndWords: Set<String> = [
    "brew", "poetry", "yarn", "node", "bun", "cargo", "go", "swift", "python", "ruby", "gem", "bundle",
    "java",
    "helm", "tar", "make", "ninja", "clang", "cat", "echo", "export", "source", "service", "bash", "sh",
    "terraform", "ansible",
  ]
}
