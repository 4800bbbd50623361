extension Quantities {
  /// Kinds by the word or the sign of a unit.
  static let units: [String: Kinds] = {
    let names: [(Kinds, String)] = [
      (
        .mass,
        """
        kg t kilogram kilograms kilogramme kilogrammes kilo kilos g gram grams mg milligram milligrams \
        tonne tonnes ton tons lb lbs ounce ounces oz
        """
      ),
      (
        .length,
        """
        m metre metres meter meters cm centimetre centimetres centimeter centimeters mm millimetre \
        millimetres millimeter millimeters km kilometre kilometres kilometer kilometers mile miles yard \
        yards foot feet ft inch inches µm micrometre micrometres nanometre nanometres light-years \
        storeys stories characters
        """
      ),
      (
        .time,
        """
        s ms second seconds sec millisecond milliseconds microseconds minute minutes min mins hour hours \
        hr hrs h day days week weeks month months year years decade decades century centuries millennium \
        millennia
        """
      ),
      (.speed, "km/h kmh kph mph m/s knot knots kbit/s mbit/s gbit/s"),
      (.money, "€ $ £ ¥ dollar dollars euro euros yen franc francs rupee rupees cent cents usd eur gbp chf"),
      ([.money, .mass], "pound pounds"),
      (.share, "% percent pct percentage"),
      (.temperature, "°c °f ° degree degrees kelvin celsius fahrenheit"),
      (.area, "square m² km² hectare hectares acre acres sq"),
      (.volume, "cubic litre litres liter liters gallon gallons ml l barrel barrels m³"),
      (
        .other,
        """
        w kw mw gw watt watts kilowatt kilowatts megawatts v kv volt volts hz khz mhz ghz hertz kb mb gb \
        tb kib mib gib byte bytes kilobytes megabytes gigabytes bit bits wh kwh j kj joule joules n \
        newton newtons nm pa kpa mpa bar amperes horsepower hp calories
        """
      ),
    ]
    return names.reduce(into: [:]) { units, entry in
      for unit in entry.1.split(separator: " ") { units[String(unit)] = entry.0 }
    }
  }()
}
