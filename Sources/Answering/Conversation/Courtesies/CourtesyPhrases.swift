/// The phrases that are courtesies, in lower case and without accents, apostrophes and hyphens.
///
/// Words that documents may be searched for alone ("nice", "good", "morning", "help") are none by themselves.
enum CourtesyPhrases {
  struct Phrase: Sendable {
    var kind: Courtesy.Kind
    /// Nil for what several languages say.
    var language: Courtesy.Language?
  }

  /// The longest phrase that `words` begin with, and of how many words it is.
  static func longest(in words: ArraySlice<String>) -> (length: Int, phrase: Phrase)? {
    for length in (1...longestPhrase).reversed() where length <= words.count {
      if let phrase = all[words.prefix(length).joined(separator: " ")] { return (length, phrase) }
    }
    return nil
  }

  private static let longestPhrase = all.keys.map { $0.split(separator: " ").count }.max() ?? 1

  private static let all: [String: Phrase] = {
    var all: [String: Phrase] = [:]
    func add(_ kind: Courtesy.Kind, _ language: Courtesy.Language?, _ phrases: [String]) {
      for phrase in phrases { all[phrase] = Phrase(kind: kind, language: language) }
    }
    for (kind, language, phrases) in lists { add(kind, language, phrases) }
    add(.greeting, .english, greetings + combined(greetings + ["hi", "hey"], addressees))
    let extents = addressees + degrees
    add(.thanks, .english, thanks + combined(thanks, extents + reasons) + combined(thanks, extents, reasons))
    add(.acknowledgement, .english, combined(openings, praise))
    return all
  }()

  private static func combined(_ lists: [String]...) -> [String] {
    lists.dropFirst().reduce(lists[0]) { begun, next in
      begun.flatMap { first in next.map { "\(first) \($0)" } }
    }
  }

  private static let greetings = [
    "hello", "hiya", "howdy", "greetings", "good morning", "good afternoon", "good evening", "good day",
  ]
  private static let addressees = ["there", "again", "all", "everyone", "everybody", "bot", "assistant"]
  private static let thanks = ["thanks", "thank you", "thx", "many thanks", "cheers"]
  private static let degrees = ["a lot", "so much", "very much", "a million", "a bunch", "indeed"]
  private static let reasons = [
    "for your help", "for the help", "for helping", "for helping me", "for that", "for this",
    "for the answer",
    "for your answer", "for answering", "for the info", "for the information",
  ]
  private static let openings = [
    "that is", "thats", "that was", "this is", "this was", "it was", "its", "very", "really",
  ]
  private static let praise = [
    "great", "good", "nice", "cool", "perfect", "helpful", "awesome", "excellent", "wonderful",
  ]

  private static let lists: [(Courtesy.Kind, Courtesy.Language?, [String])] = [
    (.greeting, .english, ["how are you", "how are you doing", "how are you today", "nice to meet you"]),
    (.greeting, nil, ["hi", "hey"]),
    (
      .greeting, .german,
      ["hallo", "guten tag", "guten morgen", "guten abend", "moin", "wie geht es dir", "wie gehts"]
    ),
    (
      .greeting, .french,
      [
        "bonjour", "bonsoir", "salut", "coucou", "ca va", "comment ca va", "comment vas tu",
        "comment allez vous",
      ]
    ),
    (
      .greeting, .spanish,
      ["hola", "buenos dias", "buen dia", "buenas tardes", "buenas noches", "como estas", "que tal"]
    ),
    (
      .introduction, .english,
      [
        "what can you do", "what can you do for me", "what can i ask", "what can i ask you",
        "what can i ask here",
        "what can i ask you about", "what can you help with", "what can you help me with", "how can you help",
        "how can you help me", "can you help", "can you help me", "what can you answer",
        "what questions can you answer", "what do you know", "who are you", "what are you", "are you a bot",
        "are you there",
      ]
    ),
    (
      .introduction, .german,
      [
        "was kannst du", "was kannst du tun", "was kannst du alles", "was konnen sie", "was weisst du",
        "was kann ich dich fragen", "was kann ich fragen", "kannst du mir helfen", "wer bist du",
        "was bist du",
        "wer sind sie",
      ]
    ),
    (
      .introduction, .french,
      [
        "que peux tu faire", "que pouvez vous faire", "que sais tu", "que sais tu faire", "qui es tu",
        "qui etes vous", "peux tu maider", "pouvez vous maider",
      ]
    ),
    (
      .introduction, .spanish,
      [
        "que puedes hacer", "que puede hacer", "que sabes", "que sabes hacer", "que puedo preguntar",
        "que puedo preguntarte", "quien eres", "que eres", "puedes ayudarme",
      ]
    ),
    (
      .thanks, .german,
      [
        "danke", "danke schon", "dankeschon", "danke sehr", "danke dir", "vielen dank", "besten dank",
        "herzlichen dank", "tausend dank", "danke fur die hilfe", "danke fur deine hilfe",
        "danke fur ihre hilfe",
        "vielen dank fur die hilfe", "vielen dank fur deine hilfe", "vielen dank fur ihre hilfe",
      ]
    ),
    (
      .thanks, .french,
      [
        "merci", "merci beaucoup", "merci bien", "mille mercis", "un grand merci", "merci pour ton aide",
        "merci pour votre aide", "merci beaucoup pour votre aide",
      ]
    ),
    (
      .thanks, .spanish,
      [
        "gracias", "muchas gracias", "muchisimas gracias", "mil gracias", "gracias por tu ayuda",
        "gracias por su ayuda", "gracias por la ayuda", "muchas gracias por tu ayuda",
      ]
    ),
    (
      .farewell, .english,
      [
        "bye", "bye bye", "goodbye", "good bye", "good night", "see you", "see you later", "have a nice day",
        "have a good day", "have a great day",
      ]
    ),
    (
      .farewell, .german,
      ["tschuss", "auf wiedersehen", "bis bald", "bis dann", "gute nacht", "schonen tag noch"]
    ),
    (.farewell, .french, ["au revoir", "a bientot", "bonne nuit", "bonne journee"]),
    (.farewell, .spanish, ["adios", "hasta luego", "hasta pronto", "hasta manana"]),
    (.farewell, nil, ["ciao"]),
    (
      .acknowledgement, .english,
      [
        "okay", "great", "cool", "perfect", "awesome", "excellent", "wonderful", "great answer",
        "good answer",
        "nice answer", "good job", "well done", "got it", "i see", "understood", "alright", "all right",
        "thats all",
        "that is all", "that helps", "that helped", "that helped a lot",
      ]
    ),
    (.acknowledgement, .german, ["alles klar", "sehr gut", "verstanden", "klar", "prima"]),
    (.acknowledgement, .french, ["daccord", "tres bien", "parfait", "compris"]),
    (.acknowledgement, .spanish, ["vale", "muy bien", "perfecto", "genial", "entendido", "de acuerdo"]),
    (.acknowledgement, nil, ["ok", "super"]),
  ]
}
