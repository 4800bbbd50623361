import Testing

@testable import Answering

/// Follow-ups as they are typed: in small letters, without a sentence, and with words that only say how they are meant.
@Suite struct SloppyFollowUpTests {
  @Test(arguments: [
    // Less than a sentence, and no "and".
    (
      "without locking the table?", ["how do i create an index in postgres"],
      "how do i create an index in postgres without locking the table"
    ),
    ("vertically", ["how do i split the window"], "how do i split the window vertically"),
    ("10 times", ["how do i play a macro"], "how do i play a macro 10 times"),
    ("just one table", ["how do i restore the database"], "how do i restore a table"),
    ("and only since yesterday?", ["how do i read the log"], "how do i read the log since yesterday"),
    ("any drawbacks?", ["what is a harmonic drive"], "What are the harmonic drive's drawbacks?"),
    // A condition belongs to what is done.
    (
      "what if its already tracked", ["how do i ignore a file"],
      "how do i ignore a file if the file is already tracked"
    ),
    ("what if it falls?", ["Who built ASIMO?"], "what if ASIMO falls?"),
    // Something else is done.
    ("and play it back?", ["how to record a macro"], "how to play the macro back?"),
    ("and ignore case", ["how do i search for a word"], "how do i ignore case?"),
    // "One" of what was spoken of.
    ("how do i enable one", ["what is an item pipeline"], "how do i enable an item pipeline"),
    ("how do i write one that runs daily", ["what are timers"], "how do i write a timer that runs daily"),
    // What is known only of something.
    ("which types are there", ["how do i create an index"], "which types of index are there"),
    ("whats the default", ["how do i create an index"], "what is the default for the index"),
    ("is that the default?", ["does scrapy respect robots.txt"], "does scrapy respect robots.txt by default"),
    ("why", ["what did he think of marx"], "Why did he think of marx"),
    ("why?", ["what happens when the fuse blows"], "Why does that happen when the fuse blows"),
    ("can you give me an example", ["how do i follow links"], "For example, how do i follow links"),
    ("show me an example", ["what is ownership"], "What is an example of ownership?"),
  ])
  func `what is less than a sentence adds to the question before`(
    question: String, before: [String], whole: String
  ) {
    #expect(FollowUp(question).standalone(after: before) == whole)
  }

  @Test(arguments: [
    ("vertically i mean", ["how do i split the window"], "how do i split the window vertically"),
    ("sorry i meant on the server", ["how do i save a dump"], "how do i save a dump on the server"),
    (
      "no, I meant the client", ["Where does the server keep its log?"], "Where does the client keep its log?"
    ),
    (
      "no i meant a dict, not a list", ["how do i sort a list in python"], "how do i sort a dict in python"
    ),
    (
      "no i meant delete it", ["how do i rename a branch on the remote"], "how do i delete the branch?"
    ),
    ("ok thanks, and on windows?", ["where is the log kept"], "where is the log kept on windows"),
  ])
  func `a correction mends the question before`(question: String, before: [String], whole: String) {
    #expect(FollowUp(question).standalone(after: before) == whole)
  }

  @Test(arguments: [
    (
      "which one should i use", ["what is the difference between merge and rebase"],
      "which one should i use, merge or rebase?"
    ),
    (
      "when should i use the second one?", ["what is the difference between merge and rebase"],
      "when should i use rebase?"
    ),
    (
      "how do i convert the first one to the second", ["what's the difference between String and &str"],
      "how do i convert String to &str"
    ),
    (
      "what about the other one",
      ["what is the difference between wants and requires", "what does the former do"],
      "what does requires do"
    ),
    (
      "whats the difference", ["what does the eig function do", "and svd?"],
      "whats the difference between eig and svd?"
    ),
    (
      "does After imply either of them?", ["what is the difference between Wants and Requires"],
      "does After imply either of Wants and Requires?"
    ),
    (
      "which is better for latex", ["how do i export pdf", "and svg?"],
      "which is better for latex, pdf or svg?"
    ),
  ])
  func `two things that were held against each other are remembered`(
    question: String, before: [String], whole: String
  ) {
    #expect(FollowUp(question).standalone(after: before) == whole)
  }

  @Test(arguments: [
    // Names as they are typed, and commands.
    ("how do i turn it off", ["does scrapy respect robots.txt"], "how do i turn robots.txt off"),
    ("who starts it?", ["what is systemd-resolved"], "who starts systemd-resolved?"),
    ("how do i undo that", ["what does set logscale do"], "how do i undo set logscale"),
    ("is it on by default", ["what does the expandtab option do"], "is the expandtab option on by default"),
    ("and svd?", ["what does the eig function do"], "what does the svd function do"),
    ("when is it ok to use it", ["what does unwrap do"], "when is it ok to use unwrap"),
    // Which of two things a pronoun means is told by their number.
    (
      "why are they against it", ["what do anarchists think about private property"],
      "why are anarchists against private property"
    ),
    ("how deep does it go", ["how do i follow links in a spider"], "how deep does the spider go"),
    // What has been spoken of for longer stays.
    (
      "and dns over tls", ["what is systemd-resolved", "does it support dnssec"],
      "does systemd-resolved support dns over tls"
    ),
    (
      "what about kropotkin", ["who was emma goldman", "did she support violence"],
      "did kropotkin support violence"
    ),
    ("is that expensive", ["how do i convert a string"], "is the string expensive"),
    ("as another user", ["how do i run a command at boot"], "how do i run a command at boot as another user"),
    ("and svg", ["can gnuplot output pdf?"], "can gnuplot output svg?"),
  ])
  func `a thing typed in small letters is found`(question: String, before: [String], whole: String) {
    #expect(FollowUp(question).standalone(after: before) == whole)
  }

  @Test(arguments: [
    "ok and how do i use the scrapy shell", "thx! how do i set the hostname", "ok. what's a detached head",
    "whats a lambda", "what is power?", "what is a type", "for loop in rust", "python dict sort",
    "no parking on sundays", "which is the largest moon of jupiter", "well depth",
    "is it ok to walk on ice", "give me an example of a closure",
  ])
  func `what asks for something else is left alone`(question: String) {
    #expect(FollowUp(question).standalone(after: ["how do i sort a list in python"]) == nil)
  }

  @Test func `a request for an example leaves what is spoken of`() {
    let before = ["are all anarchists pacifists", "give me an example of one"]
    #expect(FollowUp("do they vote?").standalone(after: before) == "do all anarchists vote?")
  }
}
