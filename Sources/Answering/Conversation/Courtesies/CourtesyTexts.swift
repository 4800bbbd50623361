/// What is said in return for a courtesy, in its language.
struct CourtesyTexts {
  private let language: Courtesy.Language

  init(_ language: Courtesy.Language) { self.language = language }

  var greeting: String {
    switch language {
    case .english: "Hello!"
    case .german: "Hallo!"
    case .french: "Bonjour !"
    case .spanish: "¡Hola!"
    }
  }

  var thanks: String {
    switch language {
    case .english: "You are welcome."
    case .german: "Gern geschehen."
    case .french: "Je vous en prie."
    case .spanish: "De nada."
    }
  }

  var farewell: String {
    switch language {
    case .english: "Goodbye!"
    case .german: "Auf Wiedersehen!"
    case .french: "Au revoir !"
    case .spanish: "¡Hasta luego!"
    }
  }

  var acknowledgement: String {
    switch language {
    case .english: "Good. Ask me whatever else you would like to know."
    case .german: "Gut. Fragen Sie, was Sie noch wissen möchten."
    case .french: "Bien. Posez-moi vos autres questions."
    case .spanish: "Bien. Pregunte lo que quiera saber."
    }
  }

  var and: String {
    switch language {
    case .english: "and"
    case .german: "und"
    case .french: "et"
    case .spanish: "y"
    }
  }

  /// Where there is no document.
  var nothing: String {
    switch language {
    case .english: "I answer questions from documents, but there are none here yet."
    case .german: "Ich beantworte Fragen aus Dokumenten, aber hier sind noch keine."
    case .french: "Je réponds aux questions à partir de documents, mais il n'y en a pas encore ici."
    case .spanish: "Respondo preguntas a partir de documentos, pero aquí todavía no hay ninguno."
    }
  }

  func quoted(_ title: String) -> String {
    switch language {
    case .english: "“\(title)”"
    case .german: "„\(title)“"
    case .french, .spanish: "«\u{A0}\(title)\u{A0}»"
    }
  }

  /// - Parameter titles: of all documents, as a phrase.
  func all(_ titles: String) -> String {
    switch language {
    case .english: "I answer questions from \(titles), and each sentence says where it comes from."
    case .german: "Ich beantworte Fragen aus \(titles), und jeder Satz sagt, woher er stammt."
    case .french: "Je réponds aux questions à partir de \(titles), et chaque phrase indique sa source."
    case .spanish: "Respondo preguntas a partir de \(titles), y cada frase indica de dónde procede."
    }
  }

  /// - Parameter titles: of some of `count` documents; empty if none has one.
  func some(_ count: Int, _ titles: String) -> String {
    let such =
      switch language {
      case .english: ", such as \(titles),"
      case .german: ", etwa \(titles),"
      case .french: ", comme \(titles),"
      case .spanish: ", como \(titles),"
      }
    let examples = titles.isEmpty ? "" : such
    return switch language {
    case .english:
      "I answer questions from \(count) documents\(examples) and each sentence says where it comes from."
    case .german:
      "Ich beantworte Fragen aus \(count) Dokumenten\(examples) und jeder Satz sagt, woher er stammt."
    case .french:
      "Je réponds aux questions à partir de \(count) documents\(examples) et chaque phrase indique sa source."
    case .spanish:
      "Respondo preguntas a partir de \(count) documentos\(examples) y cada frase indica de dónde procede."
    }
  }
}
