import Models
import TestSupport
import Testing

@testable import Answering
@testable import Retrieval

@Suite struct CourtesyTests {
  @Test(
    arguments: [
      ("hello", [.greeting], .english), ("Hi!", [.greeting], .english),
      ("Hey there 👋", [.greeting], .english),
      ("Good morning", [.greeting], .english), ("How are you?", [.greeting], .english),
      ("What can you do?", [.introduction], .english),
      ("Hi, who are you?", [.greeting, .introduction], .english),
      ("Thank you very much!", [.thanks], .english), ("thanks again for your help :-)", [.thanks], .english),
      ("ok thanks, that is great", [.acknowledgement, .thanks], .english),
      ("That's great.", [.acknowledgement], .english),
      ("Thanks, bye", [.thanks, .farewell], .english), ("ok", [.acknowledgement], .english),
      ("Hallo", [.greeting], .german), ("Hi, was kannst du?", [.greeting, .introduction], .german),
      ("Danke schön!", [.thanks], .german), ("Tschüß", [.farewell], .german),
      ("Bonjour !", [.greeting], .french), ("Que peux-tu faire ?", [.introduction], .french),
      ("Merci beaucoup", [.thanks], .french), ("D'accord, merci", [.acknowledgement, .thanks], .french),
      ("¡Hola! ¿Qué puedes hacer?", [.greeting, .introduction], .spanish),
      ("Buenos dias", [.greeting], .spanish),
      ("Muchas gracias, adiós", [.thanks, .farewell], .spanish),
      ("buenos di\u{301}as", [.greeting], .spanish),
    ] as [(String, Set<Courtesy.Kind>, Courtesy.Language)])
  func `greetings, thanks and the like are told apart, in their languages`(
    message: String, kinds: Set<Courtesy.Kind>, language: Courtesy.Language
  ) throws {
    let courtesy = try #require(Courtesy(message))
    #expect(courtesy.kinds == kinds && courtesy.language == language)
  }

  @Test(arguments: [
    "", "  ", "?!", "hello world program", "hello world", "Hello, is it free?", "hi, how do I install it?",
    "thanks, how do I install it?", "thanks to whom was X built?", "Thanks to which law do robots fall?",
    "what can you do with a lidar?", "What can you do about drift?", "what can I ask a robot",
    "what do you know about gears",
    "who are you calling?", "what is a good night", "is that all", "is there evening help?", "is it good",
    "is that ok",
    "was kannst du mir über Getriebe sagen?", "que peux-tu faire avec un lidar ?",
    "qué puedes hacer con un lidar",
    "danke an wen", "merci à qui", "hola mundo", "nice", "Nice", "morning", "good", "gut", "help", "welcome",
    "fine",
    "hi-hat", "ok google", "great circle", "perfect tense", "cool down", "super capacitor", "hey jude",
    "bye week",
    "hello hello hello hello hello", "thank you letter", "How are you built?", "what are you made of",
  ])
  func `whatever may be a question is none`(message: String) {
    #expect(Courtesy(message) == nil)
  }

  @Test(arguments: [
    ("hello", [], 0, "Hello! I answer questions from documents, but there are none here yet."),
    (
      "what can you do?", ["Leg"], 1,
      "I answer questions from “Leg”, and each sentence says where it comes from."
    ),
    (
      "hi", ["Leg", "Arm", "Eye"], 3,
      "Hello! I answer questions from “Leg”, “Arm” and “Eye”, and each sentence says where it comes from."
    ),
    (
      "hi", ["Leg", "Leg", "Arm", "Eye", "Ear"], 40,
      "Hello! I answer questions from 40 documents, such as “Leg”, “Arm” and “Eye”, and each sentence says where it comes from."
    ),
    (
      "hi", ["Leg", "Leg"], 2,
      "Hello! I answer questions from 2 documents, such as “Leg”, and each sentence says where it comes from."
    ),
    (
      "hi", ["![x](https://evil.example)\n<b>Leg</b>\u{7}"], 1,
      "Hello! I answer questions from “xhttps://evil.example bLeg/b”, and each sentence says where it comes from."
    ),
    (
      "Hallo!", ["Bein", "Arm"], 2,
      "Hallo! Ich beantworte Fragen aus „Bein“ und „Arm“, und jeder Satz sagt, woher er stammt."
    ),
    (
      "bonjour", ["Jambe"], 1,
      "Bonjour ! Je réponds aux questions à partir de «\u{A0}Jambe\u{A0}», et chaque phrase indique sa source."
    ),
    (
      "hola", [], 9,
      "¡Hola! Respondo preguntas a partir de 9 documentos y cada frase indica de dónde procede."
    ),
  ])
  func `a greeting's reply says what can be asked`(
    message: String, titles: [String], total: Int, reply: String
  ) throws {
    #expect(try #require(Courtesy(message)).reply(naming: titles, of: total) == reply)
  }

  @Test(arguments: [
    ("thanks", "You are welcome."), ("thanks, bye", "You are welcome. Goodbye!"), ("bye", "Goodbye!"),
    ("ok", "Good. Ask me whatever else you would like to know."), ("vielen Dank", "Gern geschehen."),
    ("merci, au revoir", "Je vous en prie. Au revoir !"), ("gracias", "De nada."),
  ])
  func `the reply to thanks is short`(message: String, reply: String) throws {
    let courtesy = try #require(Courtesy(message))
    #expect(!courtesy.namesDocuments && courtesy.reply == reply)
  }

  @Test func `what may be meant for a question of the answer before is none`() {
    let asked: [Turn] = [.user("Delete my task."), .assistant("Shall I delete “Oil the knee”?")]
    #expect(Courtesy("ok", after: asked) == nil && Courtesy("thanks", after: asked) != nil)
    #expect(
      Courtesy("ok", after: [.user("Oil?"), .assistant("Yes.")]) != nil && Courtesy("ok", after: []) != nil)
    let all = asked + [.user("ok"), .assistant("It is deleted.")]
    #expect(Courtesy.removed(from: all) == all)
  }

  @Test func `history keeps what says something`() {
    let question: [Turn] = [.user("What is Atlas?"), .assistant("A robot.")]
    let polite: [Turn] =
      [.user("hi"), .assistant("Hello!")] + question + [.user("thanks"), .assistant("Welcome.")]
    #expect(Courtesy.removed(from: polite) == question)
    #expect(Courtesy.removed(from: [.assistant("Hello?"), .user("thanks")]) == [.assistant("Hello?")])
    #expect(Courtesy.removed(from: []) == [])
  }

  private func withAnswerer(
    _ chat: (any ChatModel)?, _ body: (Answerer) async throws -> Void
  ) async throws {
    let documents = ["atlas.md": "# Atlas\n\nAtlas is a robot. Atlas weighs 89 kilograms."]
    try await withSearcher(over: documents) { searcher in
      try await body(Answerer(searcher: searcher, chat: chat, rewriter: StandardRewriter()))
    }
  }

  @Test(arguments: [true, false])
  func `a courtesy is returned without a search or a chat model`(hasModel: Bool) async throws {
    let chat = ScriptedChatModel("Ahoy [1].")
    try await withAnswerer(hasModel ? chat : nil) { answerer in
      var events: [AnswerEvent] = []
      for try await event in answerer.stream(AnswerRequest("Hello!")) { events.append(event) }
      let text = "Hello! I answer questions from “Atlas”, and each sentence says where it comes from."
      guard events.count == 2, case .done(let answer) = events[1] else {
        Issue.record("\(events)")
        return
      }
      #expect(events[0] == .delta(text) && answer.answer == text && answer.question == "Hello!")
      #expect(answer.isCourtesy && answer.answered && answer.citations.isEmpty && answer.model == nil)
      #expect(answer.confidence == 1 && !answer.hasLowConfidence)
      let none = try await answerer.answer("hi", filter: SearchFilter(collections: ["other"]))
      #expect(none.answer.hasSuffix("there are none here yet."))
      #expect(chat.requests.isEmpty)
    }
  }

  @Test func `a question after thanks leans on the question before them`() async throws {
    try await withAnswerer(nil) { answerer in
      let history: [Turn] = [
        .user("What is Atlas?"), .assistant("A robot."), .user("thanks"), .assistant("You are welcome."),
      ]
      let answer = try await answerer.answer(AnswerRequest("How heavy is it?", history: history))
      #expect(answer.rewrittenQuestion == "How heavy is Atlas?" && !answer.isCourtesy)
    }
  }
}
