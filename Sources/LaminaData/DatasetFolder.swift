public import Lamina

extension DatasetSplit {
  /// Reads the four IDX files of a data set that are named as MNIST's are, plain or gzip.
  ///
  /// The training files are `train-images-idx3-ubyte` and `train-labels-idx1-ubyte`; those to
  /// test with have `t10k-`, `test-` or `val-` in place of `train-`. Each may end in `.gz`; where
  /// a plain file is there too, it is preferred. The largest training label says how many classes
  /// there are, at least two. Inputs stay bytes.
  public init(folder path: String) throws(DataError) {
    let folder = try DatasetFolder(path: path)
    let sources = [
      try folder.source(prefixes: ["train"]),
      try folder.source(prefixes: ["t10k", "test", "val"]),
    ]
    let parts = concurrently(sources.count) { part in
      Result { () throws(DataError) in try IDXPart(sources[part], in: path) }
    }
    let (train, test) = (try parts[0].get(), try parts[1].get())
    guard train.size == test.size else {
      throw .folder(path: path, .sizesDiffer(train: train.size, test: test.size))
    }
    let classes = max(2, Int(train.labels.max() ?? 0) + 1)
    if let index = test.labels.firstIndex(where: { $0 >= classes }) {
      throw .folder(
        path: path,
        .label(
          file: sources[1].labels, index: index, label: Int(test.labels[index]), classes: classes))
    }
    self.init(train: train.dataset(classes: classes), test: test.dataset(classes: classes))
  }
}

/// The names in a folder.
private struct DatasetFolder {
  /// The names of the two files of a set.
  struct Source {
    let images: String
    let labels: String
  }

  let path: String
  let names: Set<String>

  init(path: String) throws(DataError) {
    let names = try FolderNames.all(in: path)
    guard !names.isEmpty else { throw .folder(path: path, .empty) }
    self.path = path
    self.names = names
  }

  func source(prefixes: [String]) throws(DataError) -> Source {
    Source(
      images: try file(prefixes.map { "\($0)-images-idx3-ubyte" }),
      labels: try file(prefixes.map { "\($0)-labels-idx1-ubyte" }))
  }

  /// The one file that has one of the `candidates` as its name, with or without `.gz`.
  private func file(_ candidates: [String]) throws(DataError) -> String {
    let found = candidates.compactMap { name in
      [name, name + ".gz"].first(where: names.contains)
    }
    guard let only = found.first else {
      throw .folder(path: path, .missing(lookedFor: candidates.flatMap { [$0, $0 + ".gz"] }))
    }
    guard found.count == 1 else { throw .folder(path: path, .ambiguous(found: found)) }
    return only
  }
}

/// The images and labels of one of the two sets.
private struct IDXPart {
  let images: IDXFile
  let labels: [UInt8]
  let size: ImageSize

  init(_ source: DatasetFolder.Source, in folder: String) throws(DataError) {
    images = try IDXFile(path: "\(folder)/\(source.images)", rank: 3)
    labels = try IDXFile(path: "\(folder)/\(source.labels)", rank: 1).bytes
    size = ImageSize(height: images.dimensions[1], width: images.dimensions[2])
    guard images.dimensions[0] == labels.count else {
      throw .folder(
        path: folder,
        .countsDiffer(
          imageFile: source.images, images: images.dimensions[0], labelFile: source.labels,
          labels: labels.count))
    }
    guard !images.bytes.isEmpty else {
      throw .folder(
        path: folder, .noPixels(file: source.images, count: images.dimensions[0], size: size))
    }
  }

  func dataset(classes: Int) -> Dataset {
    Dataset(
      name: images.path, inputs: .bytes(images.bytes),
      targets: .classes(labels.map(Int32.init), classNames: (0..<classes).map(String.init)),
      features: size.height * size.width, imageSize: size)
  }
}
