import Retrieval

/// Numbers that are spelt out, of the languages whose number words are known.
enum NumberWords {
  /// The numbers of a text in `language`, as digits. Only 3 to 99 are looked for: of one and two, of hundreds and thousands
  /// other words speak as well.
  static func numbers(in text: String, _ language: FunctionWords.Language) -> Set<String> {
    guard let table = tables[language] else { return [] }
    var numbers = numbers(Words.of(text), table)
    // "six hundred" is no six.
    for index in numbers.indices.dropFirst().reversed() where numbers[index] >= 100 {
      numbers.removeSubrange(index - 1...index)
    }
    return Set(numbers.filter { (3...99).contains($0) }.map(String.init))
  }

  /// The numbers that a text may speak of in whichever language, as digits; those that a word begins with, too
  /// ("vierzehnjährig").
  static func numbers(in text: String) -> Set<String> {
    let words = Words.of(text)
    let beginnings = words.flatMap { word in
      tables.values.compactMap { table in
        (4..<max(4, word.count)).lazy.compactMap { table[String(word.prefix($0))] }.max()
      }
    }
    return Set((tables.values.flatMap { numbers(words, $0) } + beginnings).map(String.init))
  }

  /// English number words, from 2 to 20, the tens, a hundred and a thousand.
  static let english = tables[.english] ?? [:]

  private static func numbers(_ words: [String], _ table: [String: Int]) -> [Int] {
    var numbers: [Int] = []
    var tens: Int?
    for word in words {
      if let value = table[word] ?? compound(word, table) {
        numbers.append(value)
        if let tens, value < 10 { numbers.replaceSubrange((numbers.count - 2)..., with: [tens + value]) }
        tens = value >= 20 && value % 10 == 0 && value < 100 ? value : nil
      } else if !joints.contains(word) {
        tens = nil
      }
    }
    return numbers
  }

  /// `siebenundzwanzig`, `zevenentwintig`.
  private static func compound(_ word: String, _ table: [String: Int]) -> Int? {
    for joint in ["und", "en"] {
      for range in word.ranges(of: joint) {
        guard let tens = table[String(word[range.upperBound...])], tens >= 20, tens < 100 else { continue }
        let unit = word[..<range.lowerBound]
        if let value = unit.hasPrefix("ein") || unit == "één" ? 1 : table[String(unit)], value < 10 {
          return tens + value
        }
      }
    }
    return nil
  }

  /// Between tens and units.
  private static let joints: Set = ["y", "e", "et", "and"]

  private static let tables: [FunctionWords.Language: [String: Int]] = {
    var tables: [FunctionWords.Language: [String: Int]] = [:]
    for (language, list) in lists {
      var table: [String: Int] = [:]
      for (words, value) in zip(list.split(separator: " "), values) {
        for word in words.split(separator: "/") where word != "-" { table[String(word)] = value }
      }
      tables[language] = table
    }
    return tables
  }()

  private static let values = Array(2...19) + [20, 30, 40, 50, 60, 70, 80, 90, 100, 1000]

  /// From 2 to 19, the tens, a hundred and a thousand; forms of one are parted by `/`. What mostly means something else
  /// is left out.
  private static let lists: [FunctionWords.Language: String] = [
    .english: """
    two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen \
    nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand
    """,
    .german: """
    zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn \
    neunzehn zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig hundert tausend
    """,
    .french: """
    deux trois quatre cinq six sept huit - dix onze douze treize quatorze quinze seize - - - vingt trente quarante \
    cinquante soixante septante huitante nonante cent mille
    """,
    .spanish: """
    dos tres cuatro cinco seis siete ocho nueve diez - doce trece catorce quince dieciséis diecisiete dieciocho \
    diecinueve veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa cien mil
    """,
    .italian: """
    due tre quattro cinque - sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette \
    diciotto diciannove venti trenta quaranta cinquanta sessanta settanta ottanta novanta cento mille
    """,
    .portuguese: """
    dois/duas três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezesseis dezessete dezoito \
    dezenove vinte trinta quarenta cinquenta sessenta setenta oitenta noventa cem mil
    """,
    .dutch: """
    twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien \
    negentien twintig dertig veertig vijftig zestig zeventig tachtig negentig honderd duizend
    """,
    .russian: """
    два/две/двух три/трёх/трех четыре/четырёх/четырех пять/пяти шесть/шести семь/семи восемь/восьми девять/девяти \
    десять/десяти одиннадцать двенадцать/двенадцати тринадцать четырнадцать пятнадцать шестнадцать семнадцать \
    восемнадцать девятнадцать двадцать/двадцати тридцать/тридцати сорок пятьдесят шестьдесят семьдесят восемьдесят \
    девяносто сто тысяча
    """,
  ]
}
