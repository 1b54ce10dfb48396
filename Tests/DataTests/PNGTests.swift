import Lamina
import Testing

@testable import LaminaData

/// Compares PNG pictures with the pixels that Pillow's `convert("L")` gives, which are as stored.
struct PNGTests {
  private static let grey: [UInt8] = [0, 0, 30, 100, 200]

  private static func pixels(_ file: PNGFile) throws -> [UInt8] {
    try Picture(file.bytes, name: "a.png").pixels
  }

  @Test func readsEveryDepthOfGrey() throws {
    #expect(try Self.pixels(PNGFile(depth: 1, rows: [0, 0b0110_0000])) == [0, 255, 255, 0])
    #expect(try Self.pixels(PNGFile(depth: 2, rows: [0, 0b0001_1011])) == [0, 85, 170, 255])
    #expect(try Self.pixels(PNGFile(depth: 4, rows: [0, 0x08, 0xf1])) == [0, 136, 255, 17])
    #expect(try Self.pixels(PNGFile(depth: 8, rows: Self.grey)) == [0, 30, 100, 200])
    let deep = PNGFile(width: 3, depth: 16, rows: [0, 0x80, 0xff, 0x01, 0x00, 0xff, 0xff])
    #expect(try Self.pixels(deep) == [128, 1, 255])
    #expect(try Picture(deep.bytes, name: "").notes == [.deep])
  }

  @Test func readsColoursPalettesAndOpacity() throws {
    let colours: [UInt8] = [0, 255, 0, 0, 0, 255, 0, 0, 0, 255, 10, 20, 30]
    let picture = try Picture(PNGFile(colourType: 2, rows: colours).bytes, name: "")
    #expect(picture.pixels == [76, 150, 29, 18])
    #expect(picture.notes == [.colours])
    let opaque: [UInt8] = [0, 0, 255, 30, 255, 100, 255, 200, 255]
    #expect(try Self.pixels(PNGFile(colourType: 4, rows: opaque)) == [0, 30, 100, 200])
    let palette = PNGFile.chunk("PLTE", [9, 9, 9, 255, 0, 0])
    let indexed = PNGFile(depth: 1, colourType: 3, rows: [0, 0b0110_0000], before: palette)
    #expect(try Self.pixels(indexed) == [9, 76, 76, 9])
    #expect(try Picture(PNGFile(rows: Self.grey).bytes, name: "").notes.isEmpty)
  }

  @Test func refusesColoursThatThePaletteLacks() throws {
    let palette = PNGFile.chunk("PLTE", [9, 9, 9, 255, 0, 0, 0, 0, 0])
    for (depth, rows, index): (UInt8, [UInt8], Int) in [
      (2, [0, 0b0001_1000], 2), (2, [0, 0b0001_1011], 3), (8, [0, 0, 1, 2, 2], 2),
      (8, [0, 0, 1, 2, 200], 200), (4, [0, 0x01, 0x2f], 15),
    ] {
      let file = PNGFile(depth: depth, colourType: 3, rows: rows, before: palette)
      let words = Self.words(file.bytes)
      if index == 2 {
        #expect(words.hasPrefix("[9, 76, 0"))
      } else {
        #expect(words.contains("a pixel has colour \(index) of 3"), "\(words)")
      }
    }
  }

  /// The pixels of 2 x 2 in each pass of interlacing: the first, then its neighbours.
  @Test func readsInterlacedPictures() throws {
    let passes: [UInt8] = [0, 10, 0, 20, 0, 30, 40]
    let file = PNGFile(width: 2, height: 2, isInterlaced: true, rows: passes)
    #expect(try Self.pixels(file) == [10, 20, 30, 40])
  }

  private static let profile = Array("x".utf8) + [0, 0, 0x78, 1, 3, 0]
  /// Chunks that do not affect the pixels, valid or not.
  private static let harmless: [[UInt8]] = [
    PNGFile.chunk("gAMA", [0, 0, 0xb1, 0x8f]), PNGFile.chunk("gAMA", [0, 1, 0x86, 0xa0]),
    PNGFile.chunk("gAMA", [0, 0, 0, 0]), PNGFile.chunk("sRGB", [0]), PNGFile.chunk("sRGB", [9]),
    PNGFile.chunk("iCCP", profile), PNGFile.chunk("iCCP", Array("x".utf8) + [0, 0, 1, 2, 3]),
    PNGFile.chunk("cHRM", [UInt8](repeating: 1, count: 32)),
    PNGFile.chunk("cHRM", [UInt8](repeating: 1, count: 31)),
    PNGFile.chunk("tEXt", Array("a\0b".utf8)),
    PNGFile.chunk("tEXt", Array("a\0b".utf8), isWrong: true),
    PNGFile.chunk("gAMA", [0, 0, 0xb1, 0x8f], isWrong: true),
    PNGFile.chunk("zTXt", Array("a\0\0no zlib data".utf8)), PNGFile.chunk("tIME", [0, 0]),
    PNGFile.chunk("prIv", [1, 2, 3]),
  ]

  @Test func bendsNoPixelAndMindsNoProfile() throws {
    for chunk in Self.harmless {
      for (type, rows): (UInt8, [UInt8]) in [(0, Self.grey), (2, [0, 30, 30, 30])] {
        let file = PNGFile(
          width: type == 0 ? 4 : 1, colourType: type, rows: rows, before: chunk)
        let name = String(decoding: chunk[4..<8], as: UTF8.self)
        #expect(try Self.pixels(file) == (type == 0 ? [0, 30, 100, 200] : [30]), "\(name)")
      }
    }
  }

  private static func words(_ bytes: [UInt8]) -> String {
    do { return "\(try Picture(bytes, name: "").pixels)" } catch { return "\(error)" }
  }

  @Test func refusesDamage() throws {
    let sound = PNGFile(rows: Self.grey).bytes
    for count in 8..<sound.count {
      #expect(Self.words(Array(sound.prefix(count))).contains("damaged"), "\(count)")
    }
    // The checksums detect a change in any byte of the chunks that determine the pixels.
    for place in 8..<sound.count {
      var changed = sound
      changed[place] ^= 0x10
      #expect(Self.words(changed).contains("the picture"), "\(place)")
    }
    var file = PNGFile(rows: Self.grey)
    file.before = PNGFile.chunk("tRNS", [0, 30])
    #expect(Self.words(file.bytes).contains("transparent pixels"))
    file.before = PNGFile.chunk("ABCD", [0, 30])
    #expect(Self.words(file.bytes).contains("unknown critical chunk"))
  }

  @Test func findsTheOrientation() throws {
    func notes(_ orientation: UInt8, mark: String) throws -> Set<Picture.Note> {
      let isLittle = mark == "II"
      func word(_ number: UInt16) -> [UInt8] {
        isLittle ? littleEndian(number) : littleEndian(number).reversed()
      }
      func long(_ number: UInt32) -> [UInt8] {
        isLittle ? littleEndian(number) : littleEndian(number).reversed()
      }
      let entry = word(0x112) + word(3) + long(1) + word(UInt16(orientation)) + word(0)
      let exif = Array(mark.utf8) + word(42) + long(8) + word(1) + entry + long(0)
      let file = PNGFile(rows: Self.grey, before: PNGFile.chunk("eXIf", exif))
      return try Picture(file.bytes, name: "").notes
    }
    for mark in ["II", "MM"] {
      #expect(try notes(1, mark: mark).isEmpty)
      #expect(try notes(6, mark: mark) == [.turned])
      #expect(try notes(9, mark: mark).isEmpty)
    }
  }
}
