/// The elements of an XML vocabulary for documents.
struct XMLVocabulary: Sendable {
  /// By the element's name, or by its parent's and its own as `parent/name`, which goes first.
  private let roles: [String: XMLRole]
  /// Elements that HTML has, too, and that mean the same: blocks, and what stands within a line.
  private static let html: [String: XMLRole] = {
    let blocks = """
      blockquote caption dd div dl dt h1 h2 h3 h4 h5 h6 li ol p pre table tbody td tfoot th thead tr ul
      """
    let inline = "b br cite code em i kbd q samp span strong sub sup u var"
    let all = blocks.split(separator: " ").map { (String($0), XMLRole.block(String($0))) }
    return Dictionary(
      uniqueKeysWithValues: all + inline.split(separator: " ").map { (String($0), .inline(String($0))) }
        + [("a", .link("href"))])
  }()

  /// - Parameter roles: each role with the names that have it, divided by spaces.
  init(_ roles: [(XMLRole, String)]) {
    let named = roles.flatMap { role, names in names.split(separator: " ").map { (String($0), role) } }
    self.roles = Dictionary(named) { $1 }
  }

  /// What an element is; nil for one that the vocabulary does not have.
  func role(of name: String, in parent: String) -> XMLRole? {
    roles["\(parent)/\(name)"] ?? roles[name] ?? Self.html[name]
  }

  /// The vocabulary that a document is written in, if it is one of those that are known.
  ///
  /// - Parameter name: the document's file name, for parts of documents that say no more.
  init?(of head: XMLHead, name: String) {
    let type = head.documentType?.lowercased() ?? ""
    let file = FileName.pathExtension(name)
    func isOne(of roots: String) -> Bool { roots.split(separator: " ").contains(Substring(head.root)) }
    let isArticle = isOne(of: "article") && head.contains("<article-meta")
    if head.tag.contains("docbook.org/ns/docbook") || type.contains("docbook") {
      self = .docBook
    } else if head.tag.contains("projectmallard.org/") {
      self = .mallard
    } else if type.contains("//dtd dita")
      || file == "dita"
        && isOne(of: "topic concept task reference troubleshooting glossentry glossgroup dita")
    {
      guard !isOne(of: "map bookmap") else { return nil }
      self = .dita
    } else if isArticle || type.contains("jats") || type.contains("nlm//dtd") {
      self = .jats
    } else if head.tag.contains("tei-c.org/ns") || isOne(of: "TEI.2 teiCorpus.2") {
      self = .tei
    } else if isOne(of: "FictionBook") {
      self = .fictionBook
    } else if isOne(of: "rss") || head.tag.contains("w3.org/2005/Atom") || head.tag.contains("purl.org/rss/")
    {
      self = .feed
    } else if ["docbook", "dbk"].contains(file)
      || isOne(of: "book article part chapter appendix preface section sect1 refentry glossary")
        && (head.contains("<para") || head.contains("<simpara"))
    {
      self = .docBook
    } else {
      return nil
    }
  }
}
