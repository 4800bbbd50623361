import TestSupport
import Testing

@testable import Retrieval

@Suite struct ManualPageParserTests {
  private func parse(_ text: String, name: String = "walk.1") throws -> ParsedDocument {
    try DocumentReader().parse(Array(text.utf8), name: name)
  }

  private static let man = #"""
    '\" t
    .\" Title: walk
    .TH "WALK" "1" "2026" "Robots 2\&.1" "User Commands"
    .ie \n(.g .ds Aq \(aq
    .el       .ds Aq '
    .nh
    .SH NAME
    walk \- make a robot walk
    .SH SYNOPSIS
    .B walk
    [\fI\,OPTION\/\fR]... [\fI\,LEG\/\fR]\&...
    .SH "DESCRIPTION"
    Moves \fBtwo\fP legs, at 1\(mu speed,
    \(lqslowly\(rq; don\*(Aqt \s-2hurry\s0 caf\['e].\" a comment
    .PP
    See
    .BR stand (1),
    .UR https://example.org
    the site
    .UE .
    .SS Gaits
    .TP
    \fB\-g\fR, \fB\-\-gait\fR=\fI\,NAME\/\fR
    how it
    walks
    .TP
    .B \-q
    .TQ
    .B \-\-quiet
    no noise
    .IP \(bu 2
    first point
    .IP \(bu
    second point
    .IP "\fBspeed\fR" 4
    how fast
    .SH EXAMPLES
    .PP
    \fB\-\-dry\-run\fR
    .RS 4
    Do nothing\&.
    .RE
    .sp
    .RS 4
    .ie n \{\
    \h'-04' 1.\h'+01'\c
    .\}
    .el \{\
    .sp -1
    .IP "  1." 4.2
    .\}
    stand up
    .RE
    .nf
    walk \-\-gait=trot \e

      \-\-legs=4
    .fi
    .TS
    tab(:);
    l l.
    Leg:Joint
    _
    left:T{
    the knee
    T}
    .TE
    .ig
    Nobody sees this.
    ..
    .if t nor this
    """#

  @Test func `the macros of man become headings, paragraphs, terms, items, code and tables`() throws {
    let document = try parse(Self.man)
    #expect(document.title == "walk(1)")
    #expect(
      document.outline == [
        "h1 NAME", "p walk - make a robot walk", "h1 SYNOPSIS", "p walk [OPTION]... [LEG]...",
        "h1 DESCRIPTION",
        "p Moves two legs, at 1× speed, “slowly”; don't hurry café.",
        "p See stand(1), the site <https://example.org>.", "h2 Gaits", "p -g, --gait=NAME\nhow it walks",
        "p -q\n--quiet\nno noise", "li - first point", "li - second point", "p speed\nhow fast",
        "h1 EXAMPLES",
        "p --dry-run\nDo nothing.", "li 1. stand up", "c walk --gait=trot \\\n\n  --legs=4",
        "t Leg | Joint\nleft | the knee",
      ])
  }

  private static let mdoc = #"""
    .\"	$OpenBSD$
    .Dd $Mdocdate: December 16 2022 $
    .Dt WALK 1
    .Os
    .Sh NAME
    .Nm walk ,
    .Nm run
    .Nd make a robot move
    .Sh SYNOPSIS
    .Nm
    .Op Fl qv
    .Op Fl g Ar gait Ns Oo , Ns Ar more Oc
    .Ar leg ...
    .Nm run
    .Fl -fast
    .Sh DESCRIPTION
    .Nm
    moves legs
    .Pq see Xr stand 1 ,
    as
    .Dq slow
    as
    .Sq :\&
    says, and
    .Sm off
    .Ar user @ host : port
    .Sm on
    too.
    .Bl -tag -width Ds
    .It Fl g Ar gait
    Chooses how it walks.
    .Pp
    Any name will do.
    .It Ev ROBOT
    Which one.
    .El
    .Bl -enum
    .It
    stand
    .It
    walk
    .El
    .Bd -literal -offset indent
    walk -g trot
      --legs 4
    .Ed
    .Dl walk -q left
    .Bl -column "Leg" "Joint"
    .It Sy Leg Ta Sy Joint
    .It left Ta knee
    .El
    .Ss Calls
    .Fn walk "int legs" "char *gait"
    .Ex -std
    """#

  @Test func `the macros of mdoc are put together as a terminal shows them`() throws {
    let document = try parse(Self.mdoc)
    #expect(document.title == "walk(1)")
    #expect(
      document.outline == [
        "h1 NAME", "p walk, run – make a robot move", "h1 SYNOPSIS",
        "p walk [-qv] [-g gait[,more]] leg ...\nrun --fast", "h1 DESCRIPTION",
        "p walk moves legs (see stand(1)), as “slow” as ':' says, and user@host:port too.",
        "p -g gait\nChooses how it walks.", "p Any name will do.", "p ROBOT\nWhich one.", "li 1. stand",
        "li 2. walk", "c walk -g trot\n  --legs 4", "c walk -q left", "t Leg | Joint\nleft | knee",
        "h2 Calls",
        "p walk(int legs, char *gait) The walk utility exits 0 on success, and >0 if an error occurs.",
      ])
  }

  @Test(arguments: [
    ("ls.1", ".TH LS 1\n.SH NAME\nls", DocumentFormat.manualPage),
    ("ls.1", "\n'\\\" t\n.de Sp\n.\\}\n..\n.TH LS 1\n.SH NAME\nls", .manualPage),
    ("page", ".Dd today\n.Dt LS 1\n.Sh NAME", .manualPage),
    ("syslog.1", "May 1 boot\n.TH is no macro", .plainText),
    ("a.md", ".TH LS 1\n.SH NAME", .markdown), ("a.txt", ".TH LS 1", .plainText),
    ("a", ".hidden\n.files", .plainText),
    ("cat.1", ".so man1/ls.1\n", .manualPage),
  ])
  func `pages are told by what they begin with`(name: String, text: String, format: DocumentFormat) throws {
    #expect(try FormatDetector().format(of: Array(text.utf8), name: name) == format)
  }

  @Test func `a page that is another one leads to it`() throws {
    #expect(try parse(".so man1/ls.1\n").outline == ["p See ls(1)."])
  }

  @Test func `definitions, however they end, and what holds on paper alone leave the text as it is`() throws {
    let text = """
      .TH A 1
      .if \\n[.g] \\{\\
      .  am URL
      .    ad l
      .  .
      .\\}
      .de X end
      gone
      .end
      .if t \\{ gone
      gone \\{
      \\}
      .\\}
      .if !n gone
      .if n here \\
      too
      """
    #expect(try parse(text).outline == ["p here too"])
  }

  @Test func `damage never traps`() throws {
    for seed in UInt64(0)..<300 {
      var random = SeededGenerator(seed)
      for page in [Self.man, Self.mdoc] {
        var bytes = Array(page.utf8)
        for _ in 0..<40 {
          let place = Int.random(in: 0..<bytes.count, using: &random)
          let length = Int.random(in: 0..<12, using: &random)
          let other = Int.random(in: 0..<bytes.count, using: &random)
          bytes.replaceSubrange(
            place..<min(place + length, bytes.count), with: bytes[other...].prefix(length))
        }
        let document = try ManualPageParser().parse(bytes)
        #expect(document.blocks.allSatisfy { !$0.range.isEmpty })
      }
    }
  }
}
