import Lamina
import Testing

@testable import LaminaData

/// Compares JPEG pictures with the pixels that Pillow's `convert("L")` gives.
struct JPEGTests {
  /// Other versions of libjpeg may round the inverse cosine transform, the conversion of colours
  /// and their upsampling by one each, and grey is a mean of three.
  private static let tolerance = 3

  @Test(arguments: [JPEGFiles.colour, JPEGFiles.progressive, JPEGFiles.grey])
  func readsEveryKind(file: (bytes: [UInt8], pixels: [UInt8])) throws {
    let picture = try Picture(file.bytes, name: "a.png")
    #expect(picture.size == ImageSize(height: 6, width: 9))
    try #require(picture.pixels.count == file.pixels.count)
    for (found, wanted) in zip(picture.pixels, file.pixels) {
      #expect(abs(Int(found) - Int(wanted)) <= Self.tolerance)
    }
    #expect(picture.notes == (file.bytes == JPEGFiles.grey.bytes ? [] : [.colours]))
  }

  @Test func leavesTurnedPicturesAsStored() throws {
    let picture = try Picture(JPEGFiles.turned.bytes, name: "")
    #expect(picture.size == ImageSize(height: 2, width: 3))
    #expect(picture.notes == [.turned])
    for (found, wanted) in zip(picture.pixels, JPEGFiles.turned.pixels) {
      #expect(abs(Int(found) - Int(wanted)) <= Self.tolerance)
    }
  }

  private static func words(_ bytes: [UInt8]) -> String {
    do { return "\(try Picture(bytes, name: "").pixels)" } catch { return "\(error)" }
  }

  @Test func refusesWhatIsNotRead() throws {
    #expect(Self.words(JPEGFiles.cmyk.bytes).contains("has CMYK colours"))
    var deep = JPEGFiles.grey.bytes
    let frame = try #require(deep.firstRange(of: [0xff, 0xc0])).lowerBound
    deep[frame + 4] = 12
    #expect(Self.words(deep).contains("Unsupported JPEG data precision 12"))
    var lossless = JPEGFiles.grey.bytes
    lossless[frame + 1] = 0xc3
    #expect(Self.words(lossless).contains("save it as PNG"))
  }

  @Test func refusesCutPictures() {
    for file in [JPEGFiles.colour, JPEGFiles.progressive, JPEGFiles.grey] {
      for count in 3..<file.bytes.count {
        #expect(Self.words(Array(file.bytes.prefix(count))).contains("damaged"), "\(count)")
      }
    }
  }

  /// Irregularities that cameras and programs produce, and that every decoder accepts.
  @Test func passesOverHarmlessOddities() throws {
    let sound = try Picture(JPEGFiles.grey.bytes, name: "")
    var revision = JPEGFiles.grey.bytes
    let mark = try #require(revision.firstRange(of: Array("JFIF".utf8)))
    revision[mark.upperBound + 1] = 0
    let extra = Array(JPEGFiles.grey.bytes.dropLast(2)) + [1, 2, 3, 4, 5, 0xff, 0xd9]
    for bytes in [revision, extra] {
      let picture = try Picture(bytes, name: "")
      #expect(picture.pixels == sound.pixels)
      #expect(picture.notes == [.oddities])
    }
    let behind = try Picture(JPEGFiles.grey.bytes + [0, 0, 7], name: "")
    #expect(behind.pixels == sound.pixels && behind.notes.isEmpty)
    // Harmless irregularities must not hide harmful ones.
    #expect(Self.words(revision.dropLast(12)).contains("damaged"))
  }
}
