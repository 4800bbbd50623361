extension XMLVocabulary {
  /// DocBook 4 and 5 (docbook.org/schemas).
  static let docBook = XMLVocabulary([
    (
      .part(),
      """
      set book part reference chapter appendix preface article section sect1 sect2 sect3 sect4 sect5 simplesect \
      topic refentry refsection refsect1 refsect2 refsect3 qandadiv qandaentry glossdiv bibliodiv colophon \
      partintro
      """
    ),
    (.part(title: "Abstract"), "abstract"), (.part(title: "Synopsis"), "refsynopsisdiv"),
    (.part(title: "Glossary"), "glossary"), (.part(title: "Bibliography"), "bibliography"),
    (.part(title: "Acknowledgements"), "acknowledgements"), (.part(title: "Dedication"), "dedication"),
    (.title, "title refmeta/refentrytitle qandaentry/question"), (.heading, "bridgehead"),
    (
      .metadata([
        "title", "subtitle", "author", "authorgroup", "editor", "abstract", "pubdate", "date",
        "refentrytitle",
      ]),
      """
      info bookinfo setinfo partinfo referenceinfo chapterinfo appendixinfo prefaceinfo articleinfo sectioninfo \
      sect1info sect2info sect3info refentryinfo refsect1info refsynopsisdivinfo glossaryinfo refmeta
      """
    ),
    (
      .block("p"),
      """
      para simpara subtitle attribution refnamediv biblioentry bibliomixed caption pubdate date segtitle
      """
    ),
    (.joined(" "), "author editor personname"), (.joined(", "), "authorgroup"),
    (
      .preformatted,
      "programlisting screen literallayout synopsis cmdsynopsis funcsynopsis classsynopsis address"
    ),
    (.block("ul"), "itemizedlist simplelist calloutlist"), (.block("ol"), "orderedlist procedure substeps"),
    (.block("li"), "listitem step member callout"),
    (.block("dl"), "variablelist glosslist segmentedlist"), (.through, "varlistentry glossentry"),
    (.block("dt"), "varlistentry/term glossentry/glossterm"),
    (.block("dd"), "varlistentry/listitem glossdef"),
    (.block("table"), "tgroup"), (.block("tr"), "row"), (.block("td"), "entry entrytbl"),
    (.block("blockquote"), "blockquote epigraph"),
    (.note("Note"), "note"), (.note("Warning"), "warning"), (.note("Tip"), "tip"),
    (.note("Caution"), "caution"), (.note("Important"), "important"), (.note("Danger"), "danger"),
    (
      .inline("code"),
      """
      literal command filename option varname function classname userinput computeroutput parameter constant \
      envar type code structname structfield symbol systemitem property methodname interfacename returnvalue \
      prompt markup tag sgmltag exceptionname errorname errorcode package uri refname
      """
    ),
    (.inline("em"), "emphasis firstterm citetitle replaceable foreignphrase wordasword glossterm"),
    (.inline("q"), "quote"), (.inline("sup"), "superscript"), (.inline("sub"), "subscript"),
    (.joined(" → "), "menuchoice"), (.joined("+"), "keycombo"),
    (.wrapped("(", ")"), "manvolnum"), (.wrapped(" – ", ""), "refpurpose"), (.wrapped(" (", ")"), "footnote"),
    (.link("url"), "ulink"), (.link("href"), "link"), (.reference, "xref"),
    (.inline("span"), "entry/para entry/simpara td/para"),
    (
      .through,
      """
      answer formalpara sidebar example informalexample figure informalfigure mediaobject inlinemediaobject \
      textobject phrase table informaltable thead tbody tfoot screenshot
      """
    ),
    (
      .hidden,
      """
      indexterm remark comment anchor beginpage colspec spanspec imageobject videoobject audioobject graphic \
      inlinegraphic titleabbrev refmeta/manvolnum refmiscinfo refmeta/refmiscinfo toc lot index setindex \
      qandaentry/label question/label shortcut co coref area areaspec footnoteref revhistory legalnotice \
      copyright include math author/affiliation author/address author/contrib author/email personblurb
      """
    ),
  ])
}
