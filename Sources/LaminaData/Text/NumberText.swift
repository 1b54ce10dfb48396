/// Parses numbers in text files.
enum NumberText {
  /// The powers of ten that a `Double` represents exactly. As literals, they need no initialization
  /// that each access would have to check.
  private static let powers: [Double] = [
    1, 10, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
    1e18, 1e19, 1e20, 1e21, 1e22,
  ]
  /// The powers of five that 64 bits hold.
  private static let fives: [UInt64] = [
    1, 5, 25, 125, 625, 3_125, 15_625, 78_125, 390_625, 1_953_125, 9_765_625, 48_828_125,
    244_140_625, 1_220_703_125, 6_103_515_625, 30_517_578_125, 152_587_890_625, 762_939_453_125,
    3_814_697_265_625, 19_073_486_328_125, 95_367_431_640_625, 476_837_158_203_125,
    2_384_185_791_015_625, 11_920_928_955_078_125, 59_604_644_775_390_625, 298_023_223_876_953_125,
    1_490_116_119_384_765_625, 7_450_580_596_923_828_125,
  ]
  /// 2^127 / ``fives``, rounded down, where the divisors are shifted until their highest bit is set.
  private static let reciprocals: [UInt64] = [
    0, 0xcccc_cccc_cccc_cccc, 0xa3d7_0a3d_70a3_d70a, 0x8312_6e97_8d4f_df3b, 0xd1b7_1758_e219_652b,
    0xa7c5_ac47_1b47_8423, 0x8637_bd05_af6c_69b5, 0xd6bf_94d5_e57a_42bc, 0xabcc_7711_8461_cefc,
    0x8970_5f41_36b4_a597, 0xdbe6_fece_bded_d5be, 0xafeb_ff0b_cb24_aafe, 0x8cbc_cc09_6f50_88cb,
    0xe12e_1342_4bb4_0e13, 0xb424_dc35_095c_d80f, 0x901d_7cf7_3ab0_acd9, 0xe695_94be_c44d_e15b,
    0xb877_aa32_36a4_b449, 0x9392_ee8e_921d_5d07, 0xec1e_4a7d_b695_61a5, 0xbce5_0864_9211_1aea,
    0x971d_a050_74da_7bee, 0xf1c9_0080_baf7_2cb1, 0xc16d_9a00_9592_8a27, 0x9abe_14cd_4475_3b52,
    0xf796_87ae_d3ee_c551, 0xc612_0625_7658_9dda, 0x9e74_d1b7_91e0_7e48,
  ]
  /// The largest mantissa that takes one more digit.
  private static var mostBeforeDigit: UInt64 { (UInt64.max - 9) / 10 }
  /// The largest mantissa that takes eight more digits.
  private static var mostBeforeEight: UInt64 { (UInt64.max - 99_999_999) / 100_000_000 }

  /// The words for a missing value, in lower case, as in pandas, R, SQL and spreadsheets.
  private static let missing: Set = [
    "", "?", "na", "#na", "n/a", "#n/a", "#n/a n/a", "n.a.", "<na>", "nan", "-nan", "nat", "null",
    "<null>", "(null)", "#null!", "none", "nil", "\\n", "1.#qnan", "-1.#qnan", "1.#ind", "-1.#ind",
    "#div/0!", "#value!", "#ref!", "#num!", "#name?",
  ]
  /// The words for a missing number that may also be class names.
  private static let missingNumbers: Set = ["-", "--", "."]
  private static let longestMissing = 9

  /// The double nearest to a decimal number such as `-1.5e3`; nil for anything else, including
  /// infinities, NaN and hexadecimal numbers, and for numbers beyond the range of 32-bit floats.
  static func double(_ text: some BidirectionalCollection<UInt8>) -> Double? {
    let bytes = Array(text)
    return double(bytes, bytes.indices)
  }

  /// Parses a range of a text as a number.
  static func double(_ bytes: [UInt8], _ range: Range<Int>) -> Double? {
    simple(bytes, range) ?? general(bytes[range])
  }

  /// The shortest text of a number; whole numbers have no decimal point.
  static func text(of number: Double) -> String {
    Int(exactly: number).map { "\($0)" } ?? "\(number)"
  }

  /// Parses a whole number; nil for anything else.
  static func integer(_ text: String) -> Int? {
    text.utf8.allSatisfy { isDigit($0) || isSign($0) } ? Int(text) : nil
  }

  /// Whether a text marks a missing value: it is empty, or one of `?`, `NA`, `N/A`, `#N/A`, `NaN`,
  /// `null`, `None` and similar words, in any letter case.
  static func isMissing(_ text: String) -> Bool {
    guard text.utf8.count <= longestMissing else { return false }
    // The only such words that begin with a digit are those of Windows, with a #.
    if let first = text.utf8.first, isDigit(first), !text.utf8.contains(UInt8(ascii: "#")) {
      return false
    }
    return missing.contains(text.lowercased())
  }

  /// Whether a text marks a missing number: a missing value, or `-`, `--` or `.`.
  static func isMissingNumber(_ text: String) -> Bool {
    missingNumbers.contains(text) || isMissing(text)
  }

  private static func simple(_ bytes: [UInt8], _ range: Range<Int>) -> Double? {
    bytes.withUnsafeBufferPointer { text in
      guard let (number, end) = scan(text, range), end == range.upperBound else { return nil }
      return number
    }
  }

  /// The decimal number at the start of a range, correctly rounded, and the place behind it.
  ///
  /// Nil if there is none, and for numbers of more than 19 digits or of unusual size, which
  /// ``general(_:)`` parses.
  static func scan(
    _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>
  ) -> (number: Double, end: Int)? {
    var (place, end) = (range.lowerBound, range.upperBound)
    guard place < end else { return nil }
    let isNegative = text[place] == UInt8(ascii: "-")
    if isSign(text[place]) { place += 1 }
    let start = place
    var mantissa: UInt64 = 0
    var tens = 0
    guard takeDigits(text, &place, end, into: &mantissa) else { return nil }
    var count = place - start
    if place < end, text[place] == UInt8(ascii: ".") {
      place += 1
      let fraction = place
      takeEights(text, &place, end, into: &mantissa)
      guard takeDigits(text, &place, end, into: &mantissa) else { return nil }
      tens = fraction - place
      count -= tens
    }
    guard count > 0 else { return nil }
    if place < end, text[place] | 0x20 == UInt8(ascii: "e") {
      guard let (power, next) = exponent(text, place + 1..<end) else { return nil }
      tens += power
      end = next
    } else {
      end = place
    }
    guard let size = number(mantissa, tens: tens) else { return nil }
    return (isNegative ? -size : size, end)
  }

  /// Appends digits to a number; false if they are too many for 64 bits.
  @inline(__always)
  private static func takeDigits(
    _ text: UnsafeBufferPointer<UInt8>, _ place: inout Int, _ end: Int,
    into mantissa: inout UInt64
  ) -> Bool {
    while place < end {
      let digit = text[place] &- UInt8(ascii: "0")
      guard digit <= 9 else { return true }
      guard mantissa <= mostBeforeDigit else { return false }
      mantissa = mantissa &* 10 &+ UInt64(digit)
      place += 1
    }
    return true
  }

  /// Appends digits to a number, eight at a time.
  @inline(__always)
  private static func takeEights(
    _ text: UnsafeBufferPointer<UInt8>, _ place: inout Int, _ end: Int,
    into mantissa: inout UInt64
  ) {
    while place + 8 <= end, mantissa <= mostBeforeEight {
      let word = UInt64(
        littleEndian: UnsafeRawBufferPointer(text).loadUnaligned(
          fromByteOffset: place, as: UInt64.self))
      // Each byte is from 0x30 to 0x39: its upper half is 3, also after 6 was added.
      let halves = word & 0xf0f0_f0f0_f0f0_f0f0
      let sums = (word &+ 0x0606_0606_0606_0606) & 0xf0f0_f0f0_f0f0_f0f0
      guard halves | sums >> 4 == 0x3333_3333_3333_3333 else { return }
      // Digits become pairs, pairs become fours, and these the number.
      var digits = ((word & 0x0f0f_0f0f_0f0f_0f0f) &* 2561) >> 8
      digits = ((digits & 0x00ff_00ff_00ff_00ff) &* 6_553_601) >> 16
      digits = ((digits & 0x0000_ffff_0000_ffff) &* 42_949_672_960_001) >> 32
      mantissa = mantissa &* 100_000_000 &+ digits
      place += 8
    }
  }

  /// The exponent of at most three digits at the start of a range, and the place behind it.
  private static func exponent(
    _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>
  ) -> (power: Int, end: Int)? {
    var place = range.lowerBound
    guard place < range.upperBound else { return nil }
    let isNegative = text[place] == UInt8(ascii: "-")
    if isSign(text[place]) { place += 1 }
    let start = place
    var power = 0
    while place < range.upperBound, isDigit(text[place]), place - start < 4 {
      power = 10 * power + Int(text[place] - UInt8(ascii: "0"))
      place += 1
    }
    guard (1...3).contains(place - start) else { return nil }
    return (isNegative ? -power : power, place)
  }

  /// `mantissa` · 10^`tens`, correctly rounded; nil for powers beyond ``powers`` and ``fives``.
  @inline(__always)
  private static func number(_ mantissa: UInt64, tens: Int) -> Double? {
    if tens == 0 || mantissa == 0 { return Double(mantissa) }
    // One operation on two exact doubles rounds correctly.
    if mantissa <= 1 << 53, abs(tens) < powers.count {
      return tens > 0 ? Double(mantissa) * powers[tens] : Double(mantissa) / powers[-tens]
    }
    guard tens < 0, -tens < fives.count else { return nil }
    return quotient(mantissa, power: -tens)
  }

  /// `mantissa` / 10^`power`, correctly rounded.
  ///
  /// Both are shifted until their highest bit is set, so that the quotient of mantissa and power of
  /// five has 63 or 64 bits, of which 53 remain. A product with the reciprocal is at most 2 less than
  /// the quotient. That decides how to round, unless the other bits are about one half; then a
  /// division does, whose last bit also stands for the remainder.
  private static func quotient(_ mantissa: UInt64, power: Int) -> Double {
    let shift = mantissa.leadingZeroBitCount
    let divisorShift = fives[power].leadingZeroBitCount
    let number = mantissa << shift
    var quotient = number.multipliedFullWidth(by: reciprocals[power]).high
    let half: UInt64 = 1 << (10 - UInt64(quotient.leadingZeroBitCount))
    let rest = quotient & (2 * half - 1)
    if rest == half || rest == half - 1 {
      let division = (fives[power] << divisorShift).dividingFullWidth((number >> 1, number << 63))
      quotient = division.quotient | (division.remainder == 0 ? 0 : 1)
    }
    let exponent = divisorShift - shift - power - 63
    return Double(quotient) * Double(sign: .plus, exponent: exponent, significand: 1)
  }

  private static func general(_ text: some BidirectionalCollection<UInt8>) -> Double? {
    guard let number = decimal(text), Float(number).isFinite else { return nil }
    return number
  }

  /// Parses a decimal number of any size; infinite beyond the range of doubles.
  static func decimal(_ text: some BidirectionalCollection<UInt8>) -> Double? {
    let isDecimal = text.allSatisfy { byte in
      isDigit(byte) || isSign(byte) || byte == UInt8(ascii: ".") || byte | 0x20 == UInt8(ascii: "e")
    }
    return isDecimal ? Double(String(decoding: text, as: UTF8.self)) : nil
  }

  static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func isSign(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
  }
}

extension DelimitedText {
  /// The number in a field, or nil.
  func number(_ field: Field) -> Double? {
    if let text = field.text { return NumberText.double(Array(text.utf8)) }
    return NumberText.double(bytes, field.range)
  }

  /// The number in a field in this format, or nil.
  func number(_ field: Field, in format: NumberFormat) -> Double? {
    if format == .plain { return number(field) }
    if let text = field.text { return format.number(Array(text.utf8)) }
    return format.number(bytes[field.range])
  }

  /// Whether a field marks a missing number.
  func isMissingNumber(_ field: Field) -> Bool {
    field.range.count <= 11 && NumberText.isMissingNumber(text(field))
  }

  /// Whether a field marks a missing value: it is empty or an unquoted `?`.
  func isMissing(_ field: Field) -> Bool {
    let text = text(field)
    return text.isEmpty || (!field.isQuoted && text == "?")
  }
}
