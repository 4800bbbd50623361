/// Words that stand in nearly every sentence of a language and say nothing of its subject. Single Latin letters are left out:
/// in formulas and code they are no words.
package enum FunctionWords {
  package enum Language: String, Sendable, CaseIterable {
    case english, german, french, spanish, italian, portuguese, dutch, swedish, danish, norwegian
    case polish, czech, romanian, hungarian, finnish, turkish
    case russian, ukrainian, bulgarian
  }

  /// The languages that have a word in their list, in lower case; the lists share some.
  package static func languages(with word: String) -> [Language] { languages[word] ?? [] }

  private static let languages: [String: [Language]] = {
    var languages: [String: [Language]] = [:]
    for language in Language.allCases {
      for word in Set(words(of: language).split(separator: " ")) {
        languages[String(word), default: []].append(language)
      }
    }
    return languages
  }()

  private static func words(of language: Language) -> String {
    switch language {
    case .english:
      """
      the of and to in is are was were what which who how why when where does do did for with from that \
      this it its be been has have had can could should would will not on at by as an or if than there \
      their they you your my we our he she his her between into about over under both these those such \
      some any each other more most
      """
    case .german:
      """
      der die das den dem des und ist sind war waren wird werden wurde wurden was wer wie wo wann warum \
      welche welcher welches welchen welchem womit wozu wofür woran ein eine einen einem einer eines nicht \
      für mit von vom zu zum zur im in am auf aus bei nach über unter durch als auch wenn dass sich es er \
      sie ich wir man kann muss soll darf hat haben wieviel viele oder aber noch um an bis woher wohin \
      dieser diese dieses diesem diesen
      """
    case .french:
      """
      le la les un une des du de et est sont était étaient ont qui que qu quoi quel quelle quels quelles \
      comment pourquoi quand où combien dans en pour par sur avec sans sous ce cet cette ces ne pas plus \
      ou au aux se il elle ils elles on je nous vous leur leurs son sa ses peut doit faut être avoir entre
      """
    case .spanish:
      """
      el la los las un una unos unas de del es son era eran fue fueron ha han qué que quién quiénes cuál \
      cuáles cómo cuándo dónde cuánto cuánta cuántos cuántas por para con sin en al se su sus no más como \
      lo le les si sobre entre hay puede pueden debe tiene tienen está están ser esta este cuando donde
      """
    case .italian:
      """
      il lo la gli le un una uno di del dello della dei degli delle sono era erano ha hanno che chi cosa \
      quale quali come quando dove perché quanto quanta quanti quante per con senza in nel nella nei nelle \
      al alla ai alle da dal dalla su sul sulla si non più ci può possono deve essere questo questa tra \
      fra
      """
    case .portuguese:
      """
      os as um uma uns umas de do da dos das são era eram foi foram tem têm há que quem qual quais como \
      quando onde quanto quanta quantos quantas por para com sem em no na nos nas ao aos às pelo pela se \
      seu sua seus suas não mais ou pode podem deve ser está estão este esta isso
      """
    case .dutch:
      """
      de het een en is zijn was waren wordt worden werd wat wie welke welk hoe hoeveel waar wanneer waarom \
      waarmee van voor met naar aan op in uit bij over onder door als dat die dit deze niet ook er om te \
      tot of maar kan kunnen moet moeten heeft hebben had ik je we zij hij ze zich nog
      """
    case .swedish:
      """
      och det att en ett som är var på av för med den de till vad vem vilken vilket vilka hur när varför \
      inte om men han hon har hade kan ska skall från eller så under efter vid mellan man sig sin jag vi \
      du blir blev finns många mycket
      """
    case .danish:
      """
      og det at en et som er var på af for med den de til hvad hvem hvilken hvilket hvilke hvordan hvornår \
      hvor hvorfor ikke om men han hun har havde kan skal fra eller så under efter ved mellem man sig sin \
      jeg vi du bliver blev findes mange meget
      """
    case .norwegian:
      """
      og det at en et som er var på av for med den de til hva hvem hvilken hvilket hvilke hvordan når hvor \
      hvorfor ikke om men han hun har hadde kan skal fra eller så under etter ved mellom man seg sin jeg \
      vi du blir ble finnes mange mye
      """
    case .polish:
      """
      we ze na do się jest są był była było były nie to co kto jak jaki jaka jakie jakich gdzie kiedy \
      dlaczego ile który która które którzy od po za przez dla przy oraz lub ale że tym tego ten ta te \
      może mogą ma mają czy jego ich czym
      """
    case .czech:
      """
      ve ze na do se si je jsou byl byla bylo byly není to co kdo jak jaký jaká jaké kde kdy proč kolik \
      který která které od po za pro při nebo ale že tím toho ten ta může mohou má mají jeho jejich čím
      """
    case .romanian:
      """
      și în de la cu pe din este sunt era erau au fost ce cine care cum când unde câte câți cât un unei \
      unui pentru prin nu mai sau se să al ale ai cel cea lui sa său poate pot trebuie are fi după între
      """
    case .hungarian:
      """
      az és hogy nem is egy van vannak volt voltak mi mit ki kit mely melyik milyen hogyan hol mikor miért \
      hány mennyi meg el ha vagy de csak ez ezt azt ebben lehet kell mint után között által szerint
      """
    case .finnish:
      """
      ja on ovat oli olivat ei että mikä mitä mitkä kuka missä milloin miten miksi kuinka monta joka jotka \
      se ne tai kun kuin myös mutta voi voidaan pitää hän sen niiden ole
      """
    case .turkish:
      """
      ve bir bu ile için mi mı mu mü ne nedir kim kaç nasıl neden nerede hangi hangisi de da den dan olan \
      olarak var yok daha çok en gibi kadar sonra ama veya değil her ki
      """
    case .russian:
      """
      и в во на с со к по о об от до из за для при не что кто как какой какая какое какие каких где когда \
      почему сколько чем это этот эта эти который которая которые был была было были есть он она они его \
      её их ли или но а у бы же то так может могут можно нужно под между
      """
    case .ukrainian:
      """
      і й в у на з із зі до по про від за для при не що хто як який яка яке які де коли чому скільки чим \
      це цей ця ці був була було були є він вона вони його її їх чи або але та бо же можна може між під
      """
    case .bulgarian:
      """
      и в във на с със към по за от до при не какво кой коя кое кои как къде кога защо колко че е са беше \
      бяха това този тази тези който която които той тя те му ѝ им ли или но а да се ще може между под
      """
    }
  }
}
