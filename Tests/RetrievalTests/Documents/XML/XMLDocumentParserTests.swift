import Testing

@testable import Retrieval

@Suite struct XMLDocumentParserTests {
  static let docBook = OutlineSample(
    "DocBook",
    """
    <?xml version="1.0"?>
    <!DOCTYPE article PUBLIC "-//OASIS//DTD DocBook XML V4.5//EN" "docbookx.dtd" [<!ENTITY version "2.1">]>
    <article id="top"><articleinfo><title>The <command>brew</command> handbook</title>
    <author><firstname>Ada</firstname><surname>Kettle</surname></author><copyright><year>2020</year></copyright>
    </articleinfo>
    <indexterm><primary>brew</primary></indexterm>
    <sect1 id="start"><title>Starting &version;</title>
    <para>Press <menuchoice><guimenu>File</guimenu><guimenuitem>Open</guimenuitem></menuchoice> &mdash; or
    <keycombo><keycap>Ctrl</keycap><keycap>O</keycap></keycombo>.<footnote><para>Not on &machine;.</para></footnote>
    See <xref linkend="end"/>.</para>
    <warning><para>It is hot.</para></warning>
    <variablelist><varlistentry><term><option>-q</option></term><listitem><para>Is quiet.</para></listitem>
    </varlistentry></variablelist>
    <programlisting>brew --strong &lt;cup>
      wait</programlisting>
    <table><title>Cups</title><tgroup cols="2"><colspec colname="a"/><colspec colname="b"/>
    <thead><row><entry>Size</entry><entry>Water</entry></row></thead>
    <tbody><row><entry>small</entry><entry>125 ml</entry></row></tbody></tgroup></table>
    </sect1>
    <sect1 id="end"><title>Ending</title><qandaset><qandaentry><question><para>Is it done?</para></question>
    <answer><para>When it is quiet.</para></answer></qandaentry></qandaset></sect1></article>
    """,
    [
      "h1 The brew handbook", "p Ada Kettle", "h2 Starting 2.1",
      "p Press File → Open — or Ctrl+O. (Not on machine.) See “Ending”.", "p Warning: It is hot.",
      "p -q\nIs quiet.", "c brew --strong <cup>\n  wait", "p Cups", "t Size | Water\nsmall | 125 ml",
      "h2 Ending",
      "h3 Is it done?", "p When it is quiet.",
    ])
  static let mallard = OutlineSample(
    "Mallard",
    """
    <page xmlns="http://projectmallard.org/1.0/" id="a"><info><desc>Change how light it is.</desc>
    <credit><name>Somebody</name></credit><title type="link">Other</title></info>
    <title>Set the lamp</title><p>Use the <gui>Lamp</gui> panel: <guiseq><gui>Settings</gui><gui>Lamp</gui></guiseq>.</p>
    <steps><title>To set it:</title><item><p>Open it.</p></item><item><p>Turn <key>F1</key>.</p></item></steps>
    <note style="tip"><p>It is slow, see <link xref="power"/>.</p></note>
    <table><tr><td><p>Red</p></td><td><p>off</p></td></tr></table>
    <terms><item><title>Dim</title><p>Half.</p></item></terms>
    <section id="more"><title>More</title><code>lamp --on</code></section></page>
    """,
    [
      "h1 Set the lamp", "p Change how light it is.", "p Use the Lamp panel: Settings → Lamp.",
      "p To set it:",
      "li 1. Open it.", "li 2. Turn F1.", "p Tip: It is slow, see power.", "t Red | off", "p Dim\nHalf.",
      "h2 More", "c lamp --on",
    ])
  static let dita = OutlineSample(
    "DITA",
    """
    <!DOCTYPE task PUBLIC "-//OASIS//DTD DITA Task//EN" "task.dtd">
    <task id="t"><title>Change the filter</title><shortdesc>Every month.</shortdesc>
    <prolog><author>Nobody</author></prolog>
    <taskbody><prereq>Switch it off.</prereq><steps><step><cmd>Pull <uicontrol>Lid</uicontrol>.</cmd>
    <info>It clicks.</info></step></steps>
    <simpletable><sthead><stentry>Part</stentry><stentry>Number</stentry></sthead>
    <strow><stentry>Lid</stentry><stentry>7</stentry></strow></simpletable></taskbody></task>
    """,
    [
      "h1 Change the filter", "p Every month.", "p Switch it off.", "li 1. Pull Lid.", "p It clicks.",
      "t Part | Number\nLid | 7",
    ])
  static let jats = OutlineSample(
    "JATS",
    """
    <article><front><journal-meta><journal-title>Tea</journal-title></journal-meta><article-meta>
    <title-group><article-title>Leaves of <italic>Camellia</italic></article-title></title-group>
    <contrib-group><contrib><name><surname>Kettle</surname><given-names>A</given-names></name><xref>1</xref></contrib>
    <contrib><name><surname>Pot</surname><given-names>B</given-names></name></contrib></contrib-group>
    <abstract><p>They fall.</p></abstract></article-meta></front>
    <body><sec><label>1</label><title>Methods</title><p>We waited [<xref>1</xref>], <sup>2</sup>.</p>
    <fig><label>Figure 1</label><caption><p>A leaf.</p></caption><graphic/></fig></sec></body>
    <back><ref-list><ref><label>1</label><mixed-citation>Pot B. Waiting.</mixed-citation></ref></ref-list></back>
    </article>
    """,
    [
      "h1 Leaves of Camellia", "p Kettle A, Pot B", "h2 Abstract", "p They fall.", "h2 Methods",
      "p We waited [1], 2.",
      "p Figure 1", "p A leaf.", "h2 References", "p Pot B. Waiting.",
    ])
  static let tei = OutlineSample(
    "TEI",
    """
    <TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>The Kettle</title>
    <author>A. Pot</author></titleStmt><publicationStmt><p>Hidden.</p></publicationStmt></fileDesc></teiHeader>
    <text><body><div><head>First</head><p>It <choice><sic>boild</sic><corr>boiled</corr></choice>.<note>Twice.</note></p>
    <lg><l>O kettle,</l><l>sing.</l></lg></div></body></text></TEI>
    """,
    ["h1 The Kettle", "p A. Pot", "h2 First", "p It boiled. [Twice.]", "p O kettle,\nsing."])
  static let fictionBook = OutlineSample(
    "FictionBook",
    """
    <FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0"><description><title-info>
    <author><first-name>A</first-name><last-name>Pot</last-name></author><book-title>Steam</book-title></title-info>
    </description><body><section><title><p>One</p><p>The lid</p></title><p>It rose.</p></section></body>
    <binary id="x">AAAA</binary></FictionBook>
    """,
    ["h1 Steam", "p A Pot", "h2 One The lid", "p It rose."])
  static let feed = OutlineSample(
    "RSS",
    """
    <rss version="2.0"><channel><title>Tea news</title><link>https://a.example</link><item><title>New pot</title>
    <pubDate>Tue, 24 Nov 2026</pubDate><description>&lt;p&gt;It holds &lt;b&gt;two&lt;/b&gt; litres.&lt;/p&gt;</description>
    </item></channel></rss>
    """,
    ["h1 Tea news", "h2 New pot", "p Tue, 24 Nov 2026", "p It holds two litres."])

  static let atom = OutlineSample(
    "Atom",
    """
    <feed xmlns="http://www.w3.org/2005/Atom"><title>Tea notes</title><entry><title>Lids</title><id>urn:1</id>
    <updated>2026-11-24</updated><content type="xhtml"><div><p>They <b>rattle</b>, x &lt;b.</p></div></content></entry></feed>
    """,
    ["h1 Tea notes", "h2 Lids", "p 2026-11-24", "p They rattle, x <b."])

  @Test(arguments: [docBook, mallard, dita, jats, tei, fictionBook, feed, atom])
  func `a document in a vocabulary is read as its readers see it`(sample: OutlineSample) throws {
    let document = try DocumentReader().parse(Array(sample.text.utf8), name: "a.xml")
    #expect(document.outline.map { $0.replacing(#/ #\w+$/#, with: "") } == sample.outline)
    #expect(document.title == sample.outline.first.map { String($0.dropFirst(3)) })
    #expect(document.notes.isEmpty)
  }

  @Test func `a break of pages names the page that follows`() throws {
    let text = """
      <TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>One.</p><pb n="12"/><p>Two.</p></body></text></TEI>
      """
    let document = try XMLDocumentParser().parse(Array(text.utf8), name: "a.xml")
    #expect(document.outline == ["p One.", "p Two."] && document.blocks.map(\.page) == [nil, 12])
  }

  @Test func `a cell over several columns stands over them`() throws {
    let text = """
      <section><informaltable><tgroup><colspec colname="a"/><colspec colname="b"/><colspec colname="c"/><thead>
      <row><entry namest="a" nameend="b">Plan</entry><entry>Real</entry></row></thead>
      <tbody><row><entry>1</entry><entry>2</entry><entry>3</entry></row></tbody></tgroup></informaltable></section>
      """
    let cells = try XMLDocumentParser().parse(Array(text.utf8), name: "a.docbook").outline
    let page = try HTMLParser().parse(
      Array(
        "<table><tr><th colspan=2>Plan</th><th>Real</th></tr><tr><td>1</td><td>2</td><td>3</td></tr></table>"
          .utf8))
    #expect(cells == page.outline)
  }

  @Test func `part of a larger document may have several roots and mention what is declared elsewhere`()
    throws
  {
    let part = """
      <!-- A chapter. -->
      <chapter><title>Using &app;</title><para>Run &app; once. &license;</para></chapter>
      &rest;
      <chapter><title>Leaving</title><para>Stop it.</para></chapter>
      """
    #expect(
      try outline(DocumentReader(), part, name: "a.docbook") == [
        "h1 Using app", "p Run app once. license", "h1 Leaving", "p Stop it.",
      ])
  }

  @Test(arguments: [
    ("<project><version>1.2</version></project>", "a.xml"), ("<book><name>Tea</name></book>", "a.xml"),
    ("<!DOCTYPE bookmap PUBLIC \"-//OASIS//DTD DITA BookMap//EN\" \"b.dtd\"><bookmap/>", "a.xml"),
    ("<page><p>x</p></page>", "a.page"), ("<T>", "a.txt"), ("<", "a.xml"),
    ("<?xml version=\"1.0\"?>", "a.xml"),
    ("<!DOCTYPE a [", "a.xml"), ("<!DOCTYPE a \"", "a.xml"), ("<!-- <rss> -->", "a"),
    ("words <rss>", "a.xml"),
  ])
  func `other XML is plain text`(text: String, name: String) throws {
    #expect(try FormatDetector().format(of: Array(text.utf8), name: name) == .plainText)
  }

  @Test func `what is not well-formed is kept as plain text`() throws {
    let document = try DocumentReader().parse(Array("<rss><channel><title>Tea".utf8), name: "a.rss")
    #expect(document.text.contains("<title>Tea"))
    #expect(document.notes.count == 1 && document.notes[0].hasPrefix("read as plain text: "))
  }

  @Test func `another charset is read`() throws {
    let text =
      "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><rss><channel><title>Caf\u{E9}</title></channel></rss>"
    let bytes = text.unicodeScalars.map { UInt8($0.value) }
    #expect(try DocumentReader().parse(bytes, name: "a.xml").outline == ["h1 Café"])
  }

  @Test func `entities that stand for much text are left out`() throws {
    let long = String(repeating: "word ", count: 30)
    let bomb =
      "<!DOCTYPE article SYSTEM \"docbook.dtd\" [<!ENTITY a \"\(long)\"><!ENTITY b \"&a;&a;\">]><article><title>T</title>"
      + "<para>\(String(repeating: "&a;&b;", count: 5000))</para></article>"
    let document = try DocumentReader().parse(Array(bomb.utf8), name: "a.xml")
    #expect(document.title == "T" && document.text.utf8.count < 3 * bomb.utf8.count)
  }
}

/// Parses whatever the name says and gives the outline.
private func outline(_ reader: DocumentReader, _ text: String, name: String) throws -> [String] {
  try reader.parse(Array(text.utf8), name: name).outline
}
