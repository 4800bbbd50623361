import Retrieval
import Testing

/// Numbers in documents that no program writes: at the limits of integers, beyond them, negative, and not numbers at all.
/// Arithmetic on one of them would end the process.
struct HostileNumberTests {
  struct Sample: Sendable, CustomTestStringConvertible {
    let name: String
    /// Texts by their paths in a package; one without a path is the document itself.
    let parts: [(path: String, text: String)]

    init(_ name: String, _ text: String) { self.init(name, [("", text)]) }

    init(_ name: String, _ parts: [(path: String, text: String)]) { (self.name, self.parts) = (name, parts) }

    var testDescription: String { name }

    func bytes(_ change: (_ part: Int, _ text: String) -> String) -> [UInt8] {
      let texts = parts.indices.map { change($0, parts[$0].text) }
      if parts[0].path.isEmpty { return Array(texts[0].utf8) }
      var package = ZipFixture()
      for index in parts.indices { package.add(parts[index].path, Array(texts[index].utf8)) }
      return package.bytes
    }
  }

  private static let extremes = [
    "9223372036854775807", "-9223372036854775808", "9223372036854775806", "99999999999999999999", "-1", "0",
    "4294967295", "2147483648", "65536", "1e308", "NaN",
  ]

  @Test(arguments: samples)
  func `Any number may stand where a document has one`(sample: Sample) throws {
    let reader = DocumentReader()
    let sound = try reader.parse(sample.bytes { $1 }, name: sample.name)
    #expect(!sound.blocks.isEmpty)
    for extreme in Self.extremes {
      _ = try? reader.parse(
        sample.bytes { Self.replaced(in: $1, by: extreme) { _ in true } }, name: sample.name)
      for part in sample.parts.indices {
        for number in 0..<Self.count(in: sample.parts[part].text) {
          let bytes = sample.bytes { index, text in
            index == part ? Self.replaced(in: text, by: extreme) { $0 == number } : text
          }
          _ = try? reader.parse(bytes, name: sample.name)
        }
      }
    }
  }

  private static func count(in text: String) -> Int {
    text.split { !$0.isWholeNumber }.count
  }

  /// The text with the runs of digits that are chosen, by their order, replaced.
  private static func replaced(in text: String, by number: String, where isChosen: (Int) -> Bool) -> String {
    var result = ""
    var run = 0
    var rest = text[...]
    while let first = rest.first {
      guard first.isWholeNumber else {
        result.append(first)
        rest.removeFirst()
        continue
      }
      let digits = rest.prefix(while: \.isWholeNumber)
      result += isChosen(run) ? number : String(digits)
      rest = rest[digits.endIndex...]
      run += 1
    }
    return result
  }

  private static let samples =
    texts + [
      Sample(
        "a.docx",
        [
          ("[Content_Types].xml", "<Types/>"),
          (
            "word/numbering.xml",
            """
            <w:numbering xmlns:w="urn:w"><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="3"/>\
            <w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="lowerRoman"/>\
            <w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum><w:num w:numId="2"><w:abstractNumId w:val="1"/>\
            <w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num></w:numbering>
            """
          ),
          (
            "word/styles.xml",
            """
            <w:styles xmlns:w="urn:w"><w:style w:styleId="a"><w:name w:val="heading 2"/><w:pPr><w:outlineLvl w:val="1"/>\
            <w:numPr><w:ilvl w:val="1"/><w:numId w:val="2"/></w:numPr></w:pPr></w:style></w:styles>
            """
          ),
          (
            "word/document.xml",
            """
            <w:document xmlns:w="urn:w"><w:body><w:p><w:pPr><w:pStyle w:val="a"/><w:outlineLvl w:val="2"/></w:pPr>\
            <w:r><w:t>Head</w:t></w:r></w:p><w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr></w:pPr>\
            <w:r><w:rPr><w:b/><w:sz w:val="24"/></w:rPr><w:t>Item</w:t><w:sym w:char="41"/></w:r></w:p><w:p><w:pPr>\
            <w:numPr><w:ilvl w:val="1"/><w:numId w:val="2"/></w:numPr></w:pPr><w:r><w:t>Item</w:t></w:r></w:p><w:tbl>\
            <w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>Q</w:t></w:r></w:p></w:tc></w:tr>\
            <w:tr><w:tc><w:p><w:r><w:t>A</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>B</w:t></w:r></w:p></w:tc></w:tr>\
            <w:tr><w:tc><w:p><w:r><w:t>5</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>6</w:t></w:r></w:p></w:tc></w:tr>\
            </w:tbl></w:body></w:document>
            """
          ),
        ]),
      Sample(
        "a.xlsx",
        [
          (
            "xl/workbook.xml",
            "<workbook xmlns:r=\"urn:r\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"rx\"/></sheets></workbook>"
          ),
          (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"rx\" Type=\"http://x/worksheet\" Target=\"s.xml\"/></Relationships>"
          ),
          ("xl/sharedStrings.xml", "<sst><si><t>Word</t></si><si><t>Other</t></si></sst>"),
          (
            "xl/styles.xml",
            """
            <styleSheet><numFmts><numFmt numFmtId="170" formatCode="0.00&quot; kg&quot;"/><numFmt numFmtId="171" \
            formatCode="[h]:mm:ss"/></numFmts><cellXfs><xf numFmtId="14"/><xf numFmtId="21"/><xf numFmtId="10"/>\
            <xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="46"/></cellXfs></styleSheet>
            """
          ),
          (
            "xl/s.xml",
            """
            <worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="2">\
            <c r="A2" s="0"><v>45000</v></c><c r="B2" s="1"><v>0.5</v></c><c r="C2" s="2"><v>0.25</v></c><c r="D2" s="3">\
            <v>12.5</v></c><c r="E2" s="4"><v>1.5</v></c><c r="F2" s="5"><v>2.5</v></c></row></sheetData>\
            <mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="C1:C2"/></mergeCells></worksheet>
            """
          ),
        ]),
      Sample(
        "a.pptx",
        [
          (
            "ppt/presentation.xml",
            "<p:presentation xmlns:p=\"urn:p\" xmlns:r=\"urn:r\"><p:sldIdLst><p:sldId id=\"256\" r:id=\"rx\"/></p:sldIdLst></p:presentation>"
          ),
          (
            "ppt/_rels/presentation.xml.rels",
            "<Relationships><Relationship Id=\"rx\" Type=\"http://x/slide\" Target=\"s.xml\"/></Relationships>"
          ),
          (
            "ppt/_rels/s.xml.rels",
            "<Relationships><Relationship Id=\"c\" Type=\"http://x/chart\" Target=\"c.xml\"/></Relationships>"
          ),
          (
            "ppt/s.xml",
            """
            <p:sld xmlns:p="urn:p" xmlns:a="urn:a" xmlns:r="urn:r"><p:cSld><p:spTree><p:sp><p:txBody><a:p><a:pPr lvl="2"/>\
            <a:r><a:t>Words</a:t></a:r></a:p></p:txBody></p:sp><p:graphicFrame><a:tbl><a:tr><a:tc gridSpan="2" rowSpan="2">\
            <a:txBody><a:p><a:r><a:t>A</a:t></a:r></a:p></a:txBody></a:tc></a:tr></a:tbl></p:graphicFrame>\
            <p:graphicFrame><chart r:id="c"/></p:graphicFrame></p:spTree></p:cSld></p:sld>
            """
          ),
          (
            "ppt/c.xml",
            """
            <c:chartSpace xmlns:c="urn:c"><c:chart><c:plotArea><c:lineChart><c:ser><c:cat><c:numRef><c:numCache>\
            <c:formatCode>m/d/yy</c:formatCode><c:ptCount val="2"/><c:pt idx="0"><c:v>45000</c:v></c:pt><c:pt idx="1">\
            <c:v>45001</c:v></c:pt></c:numCache></c:numRef></c:cat><c:val><c:numRef><c:numCache><c:pt idx="0"><c:v>5</c:v>\
            </c:pt><c:pt idx="2"><c:v>6.5</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser></c:lineChart></c:plotArea>\
            </c:chart></c:chartSpace>
            """
          ),
        ]),
      Sample(
        "a.ods",
        [
          ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
          (
            "content.xml",
            """
            <office:document-content xmlns:office="urn:o" xmlns:table="urn:t" xmlns:text="urn:x"><office:body>\
            <office:spreadsheet><table:table table:name="Plan"><table:table-row table:number-rows-repeated="2">\
            <table:table-cell table:number-columns-repeated="2" table:number-columns-spanned="2" \
            table:number-rows-spanned="2"><text:p>A<text:s text:c="3"/>b</text:p></table:table-cell></table:table-row>\
            <table:table-row><table:table-cell><text:p>1</text:p></table:table-cell><table:table-cell><text:p>B</text:p>\
            </table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>1</text:p></table:table-cell>\
            </table:table-row></table:table><text:h text:outline-level="2">Head</text:h></office:spreadsheet></office:body>\
            </office:document-content>
            """
          ),
        ]),
    ]

  private static let texts = [
    Sample(
      "a.html",
      """
      <html><body><main><ol start="5"><li value="7">One item of a list<li>Another</ol><table><tr><th colspan="2" \
      rowspan="2">A<th>B<tr><td>C<tr><td>D<td>E</table><h2>3.1 Head</h2><p>Text&#233; and x<sup>2</sup> &#x41; stand \
      here.</p></main></body></html>
      """),
    Sample(
      "a.md",
      """
      ---
      title: A 1
      weight: 5
      ---
      # 1 Head

      5. Item[^1]
      6. Item

      [^1]: Note 3

      | a | b |
      |--:|---|
      | 1 | 2 |

      ```{r, fig.width=6}
      x[1]
      ```
      ```py hl_lines="2 3" linenums="1"
      x
      ```
      """),
    Sample(
      "a.rst",
      """
      Head 1
      ======

      5. Item
      6. Item [1]_

      #. Item

      .. [1] Note

      .. csv-table:: T
         :widths: 10, 20
         :header-rows: 1

         a,1

      .. list-table::
         :header-rows: 2

         * - a
           - b
         * - 1
           - 2

      .. code-block:: c
         :lineno-start: 10

         x
      """),
    Sample(
      "a.adoc",
      "= Head\n:a: 5\n\n[cols=\"2*\"]\n|===\n|a |b\n|1 |2\n|===\n\n[start=4]\n. Item\n. Item\n\n<3> call\n\n5. Item {a}\n"
    ),
    Sample("a.org", "* Head\n1. item\n2. [@5] item\n| a | 1 |\n|---+---|\n| b | 2 |\n"),
    Sample(
      "a.tex",
      "\\documentclass[11pt]{article}\\newcommand{\\x}[2]{y #1}\\begin{document}\\setcounter{enumi}{4}\\begin{enumerate}\\item a\\end{enumerate}\\begin{tabular}{l}\\multicolumn{2}{c}{x}&1\\\\2\\end{tabular}\\x1 $a^2$\\end{document}"
    ),
    Sample(
      "a.rtf",
      "{\\rtf1\\ansi\\ansicpg1252\\uc1{\\fonttbl{\\f0\\fcharset204 A;}{\\f1\\fcharset2 B;}}{\\stylesheet{\\s1\\outlinelevel0 heading 1;}{\\s2 heading 2;}}\\pard\\s1\\outlinelevel1 Head\\par\\f0 a\\'e9\\u8364 ?\\bin3 abc\\cellx100\\intbl x\\cell y\\cell\\row\\pard End\\par}"
    ),
    Sample(
      "a.1",
      ".TH A 1 2024\n.SH NAME\na \\- b\n.IP 1. 4\nitem\n.TP 8\nterm\nmeaning\n.RS 4\n.sp 2\n\\s-2small\\s0 \\N'65' \\n(.g \\h'3' \\(co \\[u00E9] \\*(Tm\n.ti 3\n.in +4\n.nr x 1\n.RE 2\n"
    ),
    Sample(
      "b.1",
      ".Dd May 5, 2024\n.Dt A 1\n.Os\n.Sh NAME\n.Nm a\n.Nd b\n.Bl -enum -offset 4 -width 10\n.It\none\n.It\ntwo\n.El\n.Xr ls 1\n"
    ),
    Sample("a.csv", "name;1;2\nx;3;4,5\ny;6;7\n"),
    Sample(
      "a.json",
      "{\"name\":\"T\",\"messages\":[{\"from\":\"a\",\"date\":1700000000,\"text\":\"x \\u0041\"},{\"from\":\"b\",\"ts\":\"1700000000.5\",\"text\":\"y\"}]}"
    ),
    Sample(
      "a.srt",
      "1\n00:01:00,000 --> 00:02:00,000\nWords are said.\n\n2\n00:03:00,000 --> 00:04:00,000\nMore.\n"),
    Sample(
      "a.txt",
      "Title\n\n1.2 Head\n\n1.2.1 Words are here, and they go on for a while.\n\n1.2.2 More words are here too.\n\nCHAPTER 3\n\nText\n\n## 1.0.3 (2024-05-06)\n\n- a\n\nVersion 1.2\n-----------\n\n* b\n"
    ),
    Sample(
      "a.ipynb",
      "{\"cells\":[{\"cell_type\":\"code\",\"execution_count\":5,\"source\":\"x\",\"outputs\":[{\"output_type\":\"stream\",\"text\":[\"1\"]}]},{\"cell_type\":\"markdown\",\"source\":\"# A 1\"}],\"nbformat\":4,\"nbformat_minor\":5,\"metadata\":{}}"
    ),
    Sample(
      "a.eml",
      "From: a@b.example\r\nDate: Mon, 3 Mar 2025 10:11:12 +0100\r\nSubject: =?utf-8?Q?A=20b?=\r\nContent-Type: multipart/mixed; boundary=\"b1\"\r\n\r\n--b1\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHello 5\r\n--b1\r\nContent-Type: text/csv; name*0=\"a\"; name*1=\".csv\"\r\nContent-Disposition: attachment; filename*1*=utf-8''b%41.csv; filename*0=c\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\na,b=0A1,2\r\n--b1--\r\n"
    ),
  ]
}
