extension XMLVocabulary {
  /// The topics of DITA (Darwin Information Typing Architecture 1.3).
  static let dita = XMLVocabulary([
    (
      .part(),
      """
      topic concept task reference troubleshooting glossgroup glossentry section example refsyn condition cause \
      remedy troubleSolution
      """
    ),
    (.title, "title glossterm"),
    (.block("p"), "p shortdesc abstract glossdef stepresult info stepxmp tutorialinfo"),
    (.block("div"), "bodydiv sectiondiv context prereq result postreq steps-informal fig"),
    (.through, "abstract/shortdesc body conbody taskbody refbody troublebody li/p cmd dlentry figgroup"),
    (.preformatted, "codeblock screen msgblock lines syntaxdiagram"),
    (.block("ul"), "ul sl choices steps-unordered"), (.block("ol"), "ol steps substeps"),
    (.block("li"), "li sli step substep choice"), (.block("dl"), "dl parml"), (.through, "plentry"),
    (.block("dt"), "dt pt"), (.block("dd"), "dd pd"),
    (.block("table"), "simpletable properties choicetable tgroup"), (.through, "table thead tbody"),
    (.block("tr"), "strow property chrow row"),
    (.block("td"), "stentry proptype propvalue propdesc choption chdesc entry"),
    (.block("tr"), "sthead prophead chhead"),
    (.block("th"), "sthead/stentry proptypehd propvaluehd propdeschd choptionhd chdeschd"),
    (.block("blockquote"), "lq"), (.note("Note"), "note"), (.note("Caution"), "hazardstatement"),
    (
      .inline("code"),
      """
      codeph cmdname filepath option parmname varname userinput systemoutput apiname msgph msgnum synph kwd \
      xmlelement xmlatt
      """
    ),
    (.inline("em"), "term cite i"), (.inline("strong"), "b"), (.inline("q"), "q"),
    (.inline("span"), "stentry/p entry/p"),
    (.joined(" → "), "menucascade"), (.wrapped(" (", ")"), "fn"), (.link("href"), "xref link"),
    (
      .hidden,
      """
      prolog related-links indexterm keywords data draft-comment required-cleanup dlhead navtitle searchtitle \
      titlealts colspec object
      """
    ),
  ])
}
