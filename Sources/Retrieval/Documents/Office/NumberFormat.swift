/// How an Office document shows numbers: as dates, times, durations, percentages, or with the currency and the unit that a
/// format adds; everything else as the shortest decimal.
struct NumberFormat {
  enum Kind {
    case number, percent, date, time, dateAndTime
    /// Hours that go on beyond a day, as working hours are summed up.
    case duration
  }

  let kind: Kind
  /// What stands around the numbers; nil where nothing does.
  private let unit: NumberUnit?

  /// - Parameter code: such as `#,##0.00 "€"` or `yyyy-mm-dd`.
  init(_ code: String) {
    kind = Self.kind(code)
    unit = kind == .number ? NumberUnit(code) : nil
  }

  /// - Parameter id: that of a format which is not written down.
  init(builtIn id: Int) {
    kind = Self.builtIn(id)
    unit = nil
  }

  /// The formats that are not written down (ECMA-376 part 1, 18.8.30).
  private static func builtIn(_ id: Int) -> Kind {
    switch id {
    case 9, 10: .percent
    case 14...17, 27...31, 34...36, 50...58: .date
    case 18...21, 32, 33, 45, 47: .time
    case 46: .duration
    case 22: .dateAndTime
    default: .number
    }
  }

  /// What a format code shows, from its letters outside quotes, brackets and escapes; `[h]` are hours beyond a day.
  static func kind(_ code: String) -> Kind {
    var letters = ""
    var bracket = ""
    var closing: Character?
    var isEscaped = false
    for character in code.lowercased() {
      if isEscaped {
        isEscaped = false
      } else if let end = closing {
        if character == end { closing = nil } else if end == "]" { bracket.append(character) }
        if closing == nil, ["h", "hh", "m", "mm", "s", "ss"].contains(bracket) { return .duration }
      } else {
        switch character {
        case "\"": closing = "\""
        case "[": (closing, bracket) = ("]", "")
        case "\\", "_", "*": isEscaped = true
        default: letters.append(character)
        }
      }
    }
    let hasDate = letters.contains { "yd".contains($0) } || letters.contains("mmm")
    let hasTime = letters.contains { "hs".contains($0) }
    if hasDate { return hasTime ? .dateAndTime : .date }
    if hasTime { return .time }
    return letters.contains("%") ? .percent : .number
  }

  /// Whether its numbers are days or times of days.
  var isTime: Bool { [.date, .time, .dateAndTime].contains(kind) }

  /// - Parameters:
  ///   - stored: a number as the file has it; anything else is given back.
  ///   - is1904: whether days are counted from 1904, as Excel for the Macintosh did, and not from 1900.
  func shown(_ stored: String, is1904: Bool) -> String {
    guard let value = Double(stored), value.isFinite else { return stored }
    // Days that a calendar has: to the end of the year 9999.
    let isDay = value >= 0 && value < 2_958_466
    switch kind {
    case .percent: return "\(Self.decimal(value * 100))%"
    case .date where isDay: return Self.date(value, is1904: is1904)
    case .time where isDay: return Self.time(value)
    case .duration where abs(value) < 2_958_466: return Self.duration(value)
    case .dateAndTime where isDay: return "\(Self.date(value, is1904: is1904)) \(Self.time(value))"
    default: return unit?.shown(value) ?? Self.decimal(value)
    }
  }

  /// At most fifteen digits, which is what Excel keeps, without a decimal point for whole numbers.
  static func decimal(_ value: Double) -> String {
    var value = value
    if value != 0, abs(value) < 1e9 {
      let scaled = (value * 1e6).rounded()
      // What comes of adding cents in binary.
      if abs(value * 1e6 - scaled) < 1e-3 { value = scaled / 1e6 }
    }
    if value == value.rounded(), abs(value) < 1e15 { return "\(Int(value))" }
    return "\(value)"
  }

  /// Year, month and day of a serial number. Day 60 of the 1900 system is a 29 February that never was.
  private static func date(_ value: Double, is1904: Bool) -> String {
    let day = Int(value)
    // Days from 1970-01-01.
    let unix = is1904 ? day - 24_107 : day - (day < 60 ? 25_568 : 25_569)
    // Howard Hinnant's civil_from_days, with March as the first month.
    let shifted = unix + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let year = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100)
    let month = (5 * dayOfYear + 2) / 153
    let calendarMonth = month < 10 ? month + 3 : month - 9
    let calendarYear = year + era * 400 + (calendarMonth <= 2 ? 1 : 0)
    return "\(calendarYear)-\(two(calendarMonth))-\(two(dayOfYear - (153 * month + 2) / 5 + 1))"
  }

  private static func time(_ value: Double) -> String {
    let seconds = Int(((value - value.rounded(.down)) * 86_400).rounded()) % 86_400
    let clock = "\(two(seconds / 3600)):\(two(seconds / 60 % 60))"
    return seconds % 60 == 0 ? clock : "\(clock):\(two(seconds % 60))"
  }

  /// Hours and minutes, and seconds where there are some, of a number of days.
  private static func duration(_ value: Double) -> String {
    let seconds = Int((abs(value) * 86_400).rounded())
    let hours = "\(value < 0 && seconds > 0 ? "-" : "")\(seconds / 3600):\(two(seconds / 60 % 60))"
    return seconds % 60 == 0 ? hours : "\(hours):\(two(seconds % 60))"
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
