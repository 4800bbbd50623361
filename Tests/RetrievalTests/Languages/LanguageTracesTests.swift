import Testing

@testable import Retrieval

@Suite struct LanguageTracesTests {
  private static let prose: [(language: FunctionWords.Language, text: String)] = [
    (
      .english,
      "The ferry leaves the harbour at six in the morning, and it comes back when the market is over."
    ),
    (.german, "Die Fähre verlässt den Hafen um sechs Uhr und kommt zurück, wenn der Markt vorbei ist."),
    (.french, "Le ferry quitte le port à six heures du matin et il revient quand le marché est fini."),
    (.spanish, "El ferri sale del puerto a las seis de la mañana y vuelve cuando se acaba el mercado."),
    (
      .italian,
      "Il traghetto lascia il porto alle sei del mattino e torna quando il mercato non è più aperto."
    ),
    (.portuguese, "A balsa sai do porto às seis da manhã e volta quando a feira não tem mais ninguém."),
    (.dutch, "De veerboot vertrekt om zes uur uit de haven en komt terug als de markt voorbij is."),
    (
      .swedish,
      "Färjan går från hamnen klockan sex och kommer tillbaka när det inte finns något kvar att köpa."
    ),
    (.polish, "Prom odpływa z portu o szóstej i wraca, gdy na targu nie ma już nikogo, kto by coś kupił."),
    (.russian, "Паром уходит из порта в шесть утра и возвращается, когда на рынке уже никого нет."),
    (.ukrainian, "Пором виходить із порту о шостій ранку і повертається, коли на ринку вже нікого немає."),
  ]

  @Test(arguments: prose) func `prose tells its language`(language: FunctionWords.Language, text: String) {
    #expect(LanguageTraces(text).language == language)
  }

  /// Passages as they stand in the sample book.
  private static let english = LanguageTraces(
    "The human hand has 27 bones, more than twenty degrees of freedom and some 17,000 mechanoreceptors in the skin."
  )
  private static let german = LanguageTraces(
    "Die Ausleihe ist dienstags und donnerstags von 15 bis 19 Uhr besetzt, samstags von 10 bis 14 Uhr.")

  @Test(arguments: [
    "Wie viele Knochen hat die menschliche Hand?", "Was ist humanoide Robotik?", "Wofür steht VLA?",
    "Definiere den ZMP.", "Combien d'os a la main humaine ?", "Que signifie VLA ?",
    "¿Cuántos huesos tiene la mano humana?", "Quante ossa ha la mano umana?", "Hoeveel botten heeft de hand?",
    "Hur många ben har handen?", "Сколько костей в руке человека?", "Що таке гуманоїдна робототехніка?",
    "NAO это робот?", "人の手にはいくつの骨がありますか", "كم عدد عظام اليد؟", "हाथ में कितनी हड्डियाँ होती हैं?",
    "Πόσα οστά έχει το χέρι;",
  ])
  func `a question differs from a passage of another language`(question: String) {
    let asked = LanguageTraces(question)
    #expect(asked.differs(from: Self.english))
    #expect(
      LanguageTraces("How many bones has the hand?").differs(from: Self.german)
        && Self.german.language == .german)
  }

  @Test(arguments: [
    "How many bones has the human hand?", "What is humanoid robotics?", "Define the ZMP.", "human hand bones",
    "ZMP", "Who coined the term Gestalt?", "27", "", "What does \"die Hand\" mean?",
  ])
  func `one in its language does not, nor one that does not tell`(question: String) {
    #expect(!LanguageTraces(question).differs(from: Self.english))
  }

  @Test func `names and terms of another language change nothing`() {
    #expect(!LanguageTraces("Was kostet der Rowenta Steam Pro im Jahr?").differs(from: Self.german))
    #expect(!LanguageTraces("Welches Land spielte bei We Are the World mit?").differs(from: Self.german))
  }

  @Test func `code and formulas tell no language`() {
    let code = """
      def forward_kinematics(axes, points, M, theta):
          for w, q, a in zip(axes, points, theta):
              T = T @ expm(screw(w, q, a, e, i, o, u, y) * a)
      """
    #expect(LanguageTraces(code).language == nil)
    #expect(!LanguageTraces("Wie viele Knochen hat die Hand?").differs(from: LanguageTraces(code)))
    #expect(LanguageTraces("1, 2, 3").script == nil)
  }

  @Test func `a Latin name does not make a text Latin`() {
    #expect(LanguageTraces("Сколько весит Boston Dynamics Atlas?").script == .cyrillic)
    #expect(LanguageTraces("The letter Я ends the alphabet.").script == .latin)
    #expect(LanguageTraces("東京タワー").script == LanguageTraces("東京").script)
  }

  @Test(arguments: [
    ("Wie prüfen wir die Rezepte?", true), ("Wie prüfen Apotheker Rezepte?", false),
    ("Wat logyger irmplementation is beign uesed?", false), ("Сколько весит Atlas?", true),
    ("How are they checked?", false),
  ])
  func `one word is not enough to be sure of a language where it may be a slip`(
    question: String, isSure: Bool
  ) {
    #expect(LanguageTraces(question).surelyDiffers(from: Self.english) == isSure)
  }
}
