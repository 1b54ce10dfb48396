import Glibc
import Lamina

/// Reads pictures without classes block by block, several at once. The names of their files are
/// kept in the column `file`.
final class PictureBlocks: ExampleBlocks {
  private static let blockCount = 256

  private let folder: String
  private let files: [String]
  private let size: ImageSize
  private let resizes: Bool
  private var place = 0

  var features: Int { size.height * size.width }
  var imageSize: ImageSize? { size }
  let keptNames = ["file"]
  let decisions: [DataDecision]

  /// - Parameters:
  ///   - files: The names of the pictures, in order.
  ///   - folder: Their folder.
  ///   - resize: The size to which pictures are resampled; nil takes that of the first picture for
  ///     all.
  ///   - decisions: The decisions about the folder.
  init(
    _ files: [String], in folder: String, resize: ImageSize?, decisions: [DataDecision]
  ) throws(DataError) {
    (self.files, self.folder, self.decisions) = (files, folder, decisions)
    resizes = resize != nil
    if let resize { size = resize } else { size = try Picture(path: "\(folder)/\(files[0])").size }
  }

  func next() throws(DataError) -> ExampleBlock? {
    let (end, folder, files) = (min(files.count, place + Self.blockCount), folder, files)
    guard place < end else { return nil }
    let (start, resize) = (place, resizes ? size : nil)
    let results = concurrently(end - start) { index in
      Result { () throws(DataError) in
        try Picture(path: "\(folder)/\(files[start + index])", resize: resize)
      }
    }
    place = end
    var (pixels, notes): ([UInt8], [DataDecision]) = ([], [])
    for (index, result) in results.enumerated() {
      let picture = try result.get()
      guard picture.size == size else {
        throw .picture(
          path: folder,
          .sizesDiffer([
            .init(size: size, count: start + index, first: files[0]),
            .init(size: picture.size, count: 1, first: files[start + index]),
          ]))
      }
      pixels += picture.pixels
      notes += picture.notes.map { $0.decision }.filter { !notes.contains($0) }
    }
    var block = ExampleBlock(
      inputs: .bytes(pixels), count: end - start, kept: [TextColumn(Array(files[start..<end]))])
    block.share = Double(end) / Double(files.count)
    block.decisions = notes
    return block
  }
}

extension PictureBlocks {
  /// The pictures of a folder: those of a folder for each class, or else loose ones. Nil if there
  /// are none.
  convenience init?(folder path: String, resize: ImageSize?) throws(DataError) {
    let names = try FolderNames(of: path)
    var (files, others): ([String], [String]) = ([], [])
    for name in names.files {
      if ImageFolder.isPicture(name) { files.append(name) } else { others.append(name) }
    }
    for folder in names.folders {
      files += try FolderNames(of: "\(path)/\(folder)").files.map { "\(folder)/\($0)" }
    }
    guard !files.isEmpty else { return nil }
    var decisions = [DataDecision.skipped(names.skipped, in: path)].compactMap(\.self)
    if !others.isEmpty {
      decisions.note(
        "left-out-files", "\(path): by their names, these are no pictures: \(listed(others))")
    }
    try self.init(files, in: path, resize: resize, decisions: decisions)
  }
}
