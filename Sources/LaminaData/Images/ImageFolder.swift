import Lamina

/// Reads a folder with a subfolder of pictures for each class.
struct ImageFolder {
  private static let endings: Set = ["png", "jpg", "jpeg", "bmp", "gif", "tif", "tiff", "webp"]

  private let path: String
  private let classes: [String]
  /// The pictures, ordered by class and name, and the class of each.
  private var files: [String] = []
  private var labels: [String] = []
  private var skipped: [String]

  /// Lists the files.
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

  /// Whether a file of this name should be a picture.
  static func isPicture(_ name: String) -> Bool { endings.contains(PartName(name).ending) }

  /// The problem with pictures outside folders; nil if there are none.
  static func loosePictures(among files: [String]) -> SourceProblem? {
    let pictures = files.filter(isPicture)
    return pictures.first.map { .loosePictures(count: pictures.count, first: $0) }
  }

  /// Reads the pictures, resampled to `resize` if that is given. The class of each is the name of
  /// its folder.
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
        try Picture(path: "\(path)/\(files[index])", resize: resize)
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
        subject: "pictures",
        text:
          "\(path): \(noted.count) of \(pictures.count) pictures, \(shortened(files[first])) first, "
          + note.text, remedy: note.remedy)
    }
    return [DataDecision.skipped(skipped, in: path)].compactMap(\.self) + notes
  }
}

extension Picture {
  /// Reads a picture, and resamples it if a size is given.
  init(path: String, resize: ImageSize?) throws(DataError) {
    let picture = try Picture(path: path)
    self = resize.map(picture.resized) ?? picture
  }

  /// The picture in another size.
  private func resized(to size: ImageSize) -> Picture {
    var picture = Picture(
      size: size, pixels: Resampling(from: self.size, to: size).pixels(of: pixels))
    picture.notes = notes
    return picture
  }
}

extension Picture.Note {
  /// The property of the pictures and its consequence.
  fileprivate var text: String {
    switch self {
    case .colours: "have colours -> grey, 0.299 R + 0.587 G + 0.114 B"
    case .deep: "have 16 bits per channel -> their upper 8 bits"
    case .turned: "have a rotation in their Exif data -> as stored, not rotated"
    case .oddities: "have irrelevant bytes of which decoders warn -> ignored"
    }
  }

  /// The decision about pictures that are read one after the other.
  var decision: DataDecision {
    DataDecision(subject: "pictures", text: "some pictures \(text)", remedy: remedy)
  }

  /// The way to change the consequence.
  fileprivate var remedy: String? {
    switch self {
    case .turned: "rotate the files, for example with mogrify -auto-orient"
    case .colours, .deep, .oddities: nil
    }
  }
}
