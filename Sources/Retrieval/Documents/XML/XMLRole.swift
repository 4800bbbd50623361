/// What an element of a vocabulary for documents is to a reader.
enum XMLRole: Sendable {
  /// A chapter, a section: what is below stands under its title, or under `title` if it has none.
  case part(title: String? = nil)
  /// The title of the part that it stands in, or the caption of anything else.
  case title
  /// A heading that no part belongs to.
  case heading
  /// What is told about a part, of which only these elements are shown.
  case metadata(Set<String>)
  /// An HTML element of its own.
  case block(String)
  /// Lines that are kept as they are.
  case preformatted
  /// An HTML element within a line.
  case inline(String)
  /// A box that is set apart, with the label that it has where it names none.
  case note(String)
  /// An item of a list of terms, with its terms as titles.
  case definition
  /// A line of a poem.
  case line
  /// Texts of the elements within, which need no white space between them, joined by this.
  case joined(String)
  /// A text within a line between two others.
  case wrapped(String, String)
  /// A link, with the attribute that holds its target.
  case link(String)
  /// A mention of another part, by its title where it has no text.
  case reference
  /// A mark where a printed page begins.
  case pageBreak
  /// Text that is HTML, or elements of it.
  case markup
  /// Only what is within counts.
  case through
  case hidden
}
