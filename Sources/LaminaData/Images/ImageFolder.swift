import Lamina

/// Reads a folder with a sub-folder of pictures for each class.
struct ImageFolder {
  private static let endings: Set = ["png", "jpg", "jpeg", "bmp", "gif", "tif", "tiff", "webp"]

  private let path: String
  private let classes: [String]
  /// The pictures, ordered by class and name, and the class of each.
  private var files: [String] = []
  private var labels: [String] = []
  private var skipped: [String]

  /// Looks up what there is.
  private init(path: String) throws(DataError) {
    self.path = path
    let names = try FolderNames(of: path)
    (classes, skipped) = (names.folders, names.skipped)
    if let stray = names.files.first {
      if classes.isEmpty, let problem = Self.loosePictures(among: names.files) {
        throw .source(path: path, problem)
      }
      let kind = try FileKind(path: "\(path)/\(stray)").foreign?.name
      throw .source(path: path, .strayFile(stray, kind: kind))
    }
    for name in classes {
      let inside = try FolderNames(of: "\(path)/\(name)")
      if let folder = inside.folders.first {
        throw .source(path: path, .strayFolder("\(name)/\(folder)"))
      }
      guard !inside.files.isEmpty else { throw .source(path: path, .emptyClass(name)) }
      files += inside.files.map { "\(name)/\($0)" }
      labels += inside.files.map { _ in name }
      skipped += inside.skipped
    }
    guard !files.isEmpty else { throw .source(path: path, .noData) }
  }

  /// What keeps pictures without folders from being a data set; nil where there are none.
  static func loosePictures(among files: [String]) -> SourceProblem? {
    let pictures = files.filter { Self.endings.contains(PartName($0).ending) }
    return pictures.first.map { .loosePictures(count: pictures.count, first: $0) }
  }

  /// The pictures, in the size `resize` where that is given; the class of each is the name of its
  /// folder.
  static func examples(path: String, resize: ImageSize?) throws(DataError) -> ExamplePart {
    let folder = try ImageFolder(path: path)
    let pictures = try folder.pictures(resize: resize)
    let size = try folder.onlySize(of: pictures)
    return ExamplePart(
      name: path, inputs: .bytes(pictures.flatMap(\.pixels)), features: size.height * size.width,
      imageSize: size,
      targets: [
        TargetColumn(name: "class", cells: .texts(folder.labels), declared: folder.classes)
      ],
      places: .files(folder.files), decisions: folder.decisions(on: pictures))
  }

  private func pictures(resize: ImageSize?) throws(DataError) -> [Picture] {
    let (path, files) = (path, files)
    let results = concurrently(files.count) { index in
      Result { () throws(DataError) in
        let picture = try Picture(path: "\(path)/\(files[index])")
        return resize.map(picture.resized) ?? picture
      }
    }
    var pictures: [Picture] = []
    for result in results { pictures.append(try result.get()) }
    return pictures
  }

  private func onlySize(of pictures: [Picture]) throws(DataError) -> ImageSize {
    var counts: [ImageSize: PictureProblem.SizeCount] = [:]
    for (picture, file) in zip(pictures, files) {
      counts[picture.size, default: .init(size: picture.size, count: 0, first: file)].count += 1
    }
    let sizes = counts.values.sorted { ($1.count, $0.first) < ($0.count, $1.first) }
    guard sizes.count == 1 else { throw .picture(path: path, .sizesDiffer(sizes)) }
    return sizes[0].size
  }

  private func decisions(on pictures: [Picture]) -> [DataDecision] {
    let notes = Picture.Note.allCases.compactMap { note -> DataDecision? in
      let noted = pictures.indices.filter { pictures[$0].notes.contains(note) }
      guard let first = noted.first else { return nil }
      return DataDecision(
        "pictures",
        "\(path): \(noted.count) of \(pictures.count) pictures, \(shortened(files[first])) first, "
          + note.text, remedy: note.remedy)
    }
    return [DataDecision.skipped(skipped, in: path)].compactMap(\.self) + notes
  }
}

extension Picture {
  /// The picture in another size.
  fileprivate func resized(to size: ImageSize) -> Picture {
    var picture = Picture(
      size: size, pixels: Resampling(from: self.size, to: size).pixels(of: pixels))
    picture.notes = notes
    return picture
  }
}

extension Picture.Note {
  /// What is so and what becomes of it.
  fileprivate var text: String {
    switch self {
    case .colours: "have colours -> grey, 0.299 R + 0.587 G + 0.114 B"
    case .deep: "have 16 bits a channel -> their upper 8 bits"
    case .turned: "say that the camera was turned -> as stored, not turned"
    case .oddities: "have bytes that no pixel depends on and decoders warn of -> passed over"
    }
  }

  /// How to say otherwise.
  fileprivate var remedy: String? {
    switch self {
    case .turned: "turn the files, such as by mogrify -auto-orient, for upright pictures"
    case .colours, .deep, .oddities: nil
    }
  }
}
