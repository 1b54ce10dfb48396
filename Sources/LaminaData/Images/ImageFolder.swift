import Lamina

/// Reads a folder with a sub-folder of pictures for each class.
enum ImageFolder {
  /// The pictures, ordered by class and name; the class of each is the name of its folder.
  static func examples(path: String) throws(DataError) -> ExamplePart {
    let (classes, strays) = try FolderNames.visible(in: path)
    if let stray = strays.first { throw .source(path: path, .strayFile(stray)) }
    var (files, labels): ([String], [String]) = ([], [])
    for name in classes {
      let (folders, pictures) = try FolderNames.visible(in: "\(path)/\(name)")
      if let folder = folders.first { throw .source(path: path, .strayFolder("\(name)/\(folder)")) }
      guard !pictures.isEmpty else { throw .source(path: path, .emptyClass(name)) }
      files += pictures.map { "\(name)/\($0)" }
      labels += pictures.map { _ in name }
    }
    guard !files.isEmpty else { throw .source(path: path, .noData) }
    let paths = files
    let pictures = concurrently(paths.count) { index in
      Result { () throws(DataError) in try Picture(path: "\(path)/\(paths[index])") }
    }
    var pixels: [UInt8] = []
    let size = try pictures[0].get().size
    for (file, result) in zip(files, pictures) {
      let picture = try result.get()
      guard picture.size == size else {
        throw .picture(
          path: "\(path)/\(file)",
          .sizeDiffers(found: picture.size, first: size, firstFile: files[0]))
      }
      pixels += picture.pixels
    }
    return ExamplePart(
      name: path, inputs: .bytes(pixels), features: size.height * size.width, imageSize: size,
      targets: [TargetColumn(name: "class", cells: .texts(labels), declared: classes)],
      places: .files(files))
  }
}
