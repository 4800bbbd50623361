/// Which parts of a page are its content: everything a reader sees, or without navigation and other things that
/// repeat on every page of a site.
struct HTMLContent {
  /// The element whose subtree is written.
  private(set) var root = 0
  /// True for elements whose subtree is left out.
  private(set) var isDropped: [Bool]

  private let tree: HTMLTree
  private var statistics: HTMLStatistics

  /// All that is visible.
  init(visible tree: HTMLTree) {
    self.tree = tree
    isDropped = HTMLVisibility.invisibleNodes(of: tree)
    statistics = HTMLStatistics(tree, without: isDropped)
  }

  /// Hidden elements too, for pages that show their text by script.
  init(hiddenToo tree: HTMLTree) {
    self.tree = tree
    isDropped = tree.nodes.map(\.tag.isInvisible)
    statistics = HTMLStatistics(tree, without: isDropped)
  }

  /// The main text; the same as `visible` where nothing can be told apart.
  init(mainOf tree: HTMLTree) {
    self.init(visible: tree)
    let body = tree.nodes.firstIndex { $0.tag == .body } ?? 0
    dropBoilerplate(body: body)
    statistics = HTMLStatistics(tree, without: isDropped)
    if let main = mainElement(body: body) {
      root = main
    } else {
      dropLinkLists(body: body)
    }
  }

  private mutating func dropBoilerplate(body: Int) {
    let bodyText = statistics[body].text
    var index = 0
    while index < tree.nodes.count {
      if isDropped[index] {
        index = Int(tree.nodes[index].end)
        continue
      }
      let tag = tree.nodes[index].tag
      if tag != .text, tag != .body, tag != .html, tag != .root, tag != .main,
        HTMLLinkBar.matches(index, in: tree, statistics[index]) && !statistics[index].holdsMain
          || HTMLBoilerplate.matches(index, in: tree, statistics[index]) && mayDrop(index, bodyText: bodyText)
      {
        isDropped[index] = true
        index = Int(tree.nodes[index].end)
      } else {
        index += 1
      }
    }
  }

  /// Guards against names that mislead (`<body class="with-sidebar">`, a whole page within `<form>`): an element
  /// that holds the main text is never dropped, nor one with much of the page's text unless that is links.
  private func mayDrop(_ index: Int, bodyText: Int) -> Bool {
    let element = statistics[index]
    if element.holdsMain { return false }
    return element.text * 10 <= bodyText * 4 || element.linkDensity > 0.6
  }

  /// `main`, `role=main` or an article, if it holds the bulk of what is left.
  private func mainElement(body: Int) -> Int? {
    let needed = statistics[body].text / 2
    var best: Int?
    for index in tree.subtree(body) where !isDropped[index] && HTMLBoilerplate.isMain(index, in: tree) {
      guard statistics[index].text > 0, statistics[index].text >= needed else { continue }
      // An outer element comes before those within it, and is kept.
      if let best, statistics[best].text >= statistics[index].text { continue }
      best = index
    }
    return best
  }

  /// Lists of nothing but links, unless they are most of the page, as in an index.
  private mutating func dropLinkLists(body: Int) {
    var lists: [Int] = []
    var text = 0
    var index = body
    while index < tree.nodes[body].end {
      let element = statistics[index]
      if isDropped[index] {
        index = Int(tree.nodes[index].end)
      } else if tree.nodes[index].tag.isList, element.links >= 5, element.linkDensity > 0.9,
        element.text < element.links * 40
      {
        lists.append(index)
        text += element.text
        index = Int(tree.nodes[index].end)
      } else {
        index += 1
      }
    }
    if text * 2 < statistics[body].text {
      for list in lists { isDropped[list] = true }
    }
  }
}
