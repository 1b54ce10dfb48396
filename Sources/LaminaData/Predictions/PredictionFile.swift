import Glibc
import Lamina

/// Writes predictions block by block, to a file that appears when it is complete, or to the
/// standard output.
public final class PredictionFile {
  private enum Content: Sendable {
    case lines(any PredictionLines)
    case array(NPYContent)

    func bytes(_ rows: PredictionRows) -> [UInt8] {
      switch self {
      case .lines(let lines): lines.lines(rows)
      case .array(let array): array.elements(rows)
      }
    }
  }

  /// The path that stands for the standard output.
  public static let standardOutput = "-"
  /// Fewer examples are not worth another thread.
  private static let fewExamples = 2048

  /// The number of examples written.
  public private(set) var count = 0

  private var isBegun = false
  private let layout: PredictionLayout
  private let content: Content
  private let file: OpenFile
  /// The new file; nil for the standard output.
  private let replacement: AtomicFile.Replacement?

  /// Begins the file at `path`, beside the one that it will replace.
  ///
  /// - Parameters:
  ///   - path: The path, or ``standardOutput``.
  ///   - format: The format.
  ///   - layout: What the file has for each example.
  /// - Throws: ``DataError`` if the file cannot be written, ``PredictionError`` if the format has no
  ///   place for the layout.
  public init(path: String, _ format: PredictionFormat, _ layout: PredictionLayout) throws {
    self.layout = layout
    switch format {
    case .csv: content = .lines(CSVLines())
    case .jsonl: content = .lines(JSONLines())
    case .npy:
      guard layout.kept.isEmpty else { throw PredictionError.keptInArray }
      guard path != Self.standardOutput else { throw PredictionError.arrayInPipe }
      content = .array(NPYContent(layout))
    }
    replacement = path == Self.standardOutput ? nil : try AtomicFile(path: path).begin()
    file = try replacement?.file ?? .standardOutput()
  }

  private func writeHead() throws(DataError) {
    guard !isBegun else { return }
    isBegun = true
    switch content {
    case .lines(let lines): try file.write(lines.head(layout))
    // The number of rows follows at the end.
    case .array(let array): try file.write(array.header(rows: 0))
    }
  }

  /// Writes the predictions for some examples.
  ///
  /// - Parameters:
  ///   - outputs: The outputs of the network, one row per example.
  ///   - kept: The texts of the columns that are passed through.
  public func append(_ outputs: [Float], keeping kept: [TextColumn]) throws(DataError) {
    try writeHead()
    let (layout, content) = (layout, content)
    let rows = outputs.count / layout.width
    let parts = max(1, min(Self.threads, rows / Self.fewExamples))
    let texts = concurrently(parts) { part in
      let (first, end) = (part * rows / parts, (part + 1) * rows / parts)
      let own = outputs[first * layout.width..<end * layout.width]
      return content.bytes(
        PredictionRows(
          layout: layout, first: first, count: end - first, kept: kept,
          predictions: layout.predictions(Array(own))))
    }
    for text in texts { try file.write(text) }
    count += rows
  }

  /// Moves the file into its place.
  public func finish() throws(DataError) {
    try writeHead()
    if case .array(let array) = content { try file.write(array.header(rows: count), at: 0) }
    try replacement?.finish()
  }

  private static let threads = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
}
