import Foundation
import Testing

/// A folder for one test with a small data set. It is removed when the test releases it.
final class Workplace {
  static let classes = 5
  static let trainCount = 300
  static let testCount = 100
  private static let side = 8

  /// The path of the folder.
  let path: String
  /// The folder with the four IDX files.
  var data: String { "\(path)/data" }

  init() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("lamina-command-\(UUID().uuidString)")
    path = folder.path
    try FileManager.default.createDirectory(
      atPath: "\(path)/data", withIntermediateDirectories: true)
    try writeSet("train", count: Self.trainCount)
    try writeSet("t10k", count: Self.testCount)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of a file in the folder.
  func file(_ name: String) -> String { "\(path)/\(name)" }

  /// The names in the folder, sorted.
  var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
  }

  /// The text of a file.
  func text(_ name: String) throws -> String {
    try String(contentsOfFile: file(name), encoding: .utf8)
  }

  /// The lines of a log as objects.
  func log(_ name: String) throws -> [[String: Any]] {
    try text(name).split(separator: "\n").map { line in
      try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
    }
  }

  /// Writes a file in the folder, and returns its path.
  func write(_ text: String, _ name: String) throws -> String {
    try Data(text.utf8).write(to: URL(fileURLWithPath: file(name)))
    return file(name)
  }

  /// Replaces a file of the data set.
  func write(_ bytes: [UInt8], to name: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: "\(data)/\(name)"))
  }

  /// Images with a bright row for each class, under moderate noise.
  private func writeSet(_ prefix: String, count: Int) throws {
    var state: UInt32 = prefix == "train" ? 1 : 2
    var pixels: [UInt8] = []
    for image in 0..<count {
      for row in 0..<Self.side {
        for _ in 0..<Self.side {
          state = state &* 1_664_525 &+ 1_013_904_223
          pixels.append(UInt8(state >> 25) + (row == image % Self.classes ? 120 : 0))
        }
      }
    }
    try write(
      idx([count, Self.side, Self.side], pixels), to: "\(prefix)-images-idx3-ubyte")
    try write(
      idx([count], (0..<count).map { UInt8($0 % Self.classes) }),
      to: "\(prefix)-labels-idx1-ubyte")
  }
}

/// An IDX file of unsigned bytes.
func idx(_ dimensions: [Int], _ elements: [UInt8]) -> [UInt8] {
  let sizes = dimensions.flatMap { size in
    stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: size >> $0) }
  }
  return [0, 0, 8, UInt8(dimensions.count)] + sizes + elements
}

/// The precision and the measured error of products are in a log's first event and in the output.
func expectMeasuredProducts(_ start: [String: Any], _ result: Program.Result) {
  #expect(start["precision"] as? String == "fp32")
  // Sums of at most some hundred terms of 24 bits.
  let error = start["product_error"] as? Double ?? -1
  #expect(error > 0 && error < 5e-7, "\(error)")
  #expect(result.output.contains("\n" + measuredProducts), "\(result.output)")
}

/// How the line about the error of products begins.
let measuredProducts = "precision fp32: products differ from exact ones by at most "
