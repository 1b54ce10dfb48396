extension ForeignFile {
  /// The kind of a file that is not plain text: empty, zeros, wide characters, or binary; nil for
  /// text.
  static func notText(_ start: [UInt8]) -> ForeignFile? {
    guard !start.isEmpty else { return .empty }
    let zeros = start.count { $0 == 0 }
    guard zeros < start.count else { return .zeros }
    if zeros > 0, let encoding = wideEncoding(of: start) { return .unicode(encoding) }
    let controls = start.count { $0 < 32 && !(9...13).contains($0) && $0 != 26 && $0 != 27 }
    return controls * 10 > start.count ? .binary : nil
  }

  /// The encoding of text in wide characters without a byte order mark. It is recognised by the
  /// zero bytes of ASCII characters.
  private static func wideEncoding(of start: [UInt8]) -> String? {
    for (width, place, name) in [
      (4, 0, "UTF-32LE"), (4, 3, "UTF-32BE"), (2, 0, "UTF-16LE"), (2, 1, "UTF-16BE"),
    ] {
      let whole = start.count / width * width
      guard whole >= 2 * width else { continue }
      let written = stride(from: place, to: whole, by: width).count { start[$0] != 0 }
      let zeros = start[..<whole].count { $0 == 0 }
      let characters = whole / width
      if written == characters, zeros * 10 >= 9 * (width - 1) * characters { return name }
    }
    return nil
  }
}

extension ForeignFile {
  /// Throws if the file is recognised as something other than a model.
  static func refuseAsModel(_ path: String) throws(DataError) {
    let kind: String
    switch try FileKind(path: path) {
    case .npy: kind = "an NPY array"
    case .npz: kind = "an NPZ archive"
    case .arff: kind = "an ARFF file"
    case .text:
      let start = try ByteReader(path: path).read(64)
      guard start.count > 8, !start.contains(where: { $0 < 9 }) else { return }
      kind = "text, such as a table"
    case .other(let foreign):
      // The errors that follow describe these in more detail.
      if [.safetensors, .empty, .zeros, .binary].contains(foreign) { return }
      kind = foreign.name
    }
    throw .foreign(
      path: path, kind: kind, advice: "a model is a safetensors file written by lamina")
  }
}
