import Glibc
import Lamina

/// Reads the rows of one format of text tables.
protocol TextRows: Sendable {
  /// The syntax of fields.
  var dialect: DelimitedText.Dialect { get }
  /// The offset of the first row in the first block.
  var start: Int { get }
  var features: Int { get }
  var keptNames: [String] { get }
  var decisions: [DataDecision] { get }

  /// Reads the rows of the first block.
  func readFirst(_ block: TextBlock) throws(TableProblem) -> ExampleBlock
  /// Reads the rows of another block.
  func read(_ block: TextBlock) throws(TableProblem) -> ExampleBlock
}

/// Reads a text table, several blocks at once, while another thread takes the next ones from the
/// file.
final class TableBlocks: ExampleBlocks {
  /// More threads would wait for the disk, and each needs memory for a block.
  private static let mostThreads = 8

  private let path: String
  private let text: TextBlocks
  private let rows: any TextRows
  /// The text after the first block; nil before that.
  private var lines: ReadAhead<TextBlock>?
  /// The blocks that were read but not handed out, the last one first.
  private var ready: [ExampleBlock] = []

  let imageSize: ImageSize? = nil
  let hasColumns = true
  var features: Int { rows.features }
  var keptNames: [String] { rows.keptNames }
  var decisions: [DataDecision] { rows.decisions }

  /// - Parameters:
  ///   - text: The text, of which the first lines are pending, and which nobody else uses.
  ///   - rows: The reader of its rows.
  init(_ text: TextBlocks, _ rows: any TextRows) {
    path = text.reader.path
    self.text = text
    self.rows = rows
  }

  func next() throws(DataError) -> ExampleBlock? {
    if let block = ready.popLast() { return block }
    guard let lines else { return try first() }
    var blocks: [TextBlock] = []
    while blocks.count < Self.threads, let block = try lines.next(isStopped: { false }) {
      blocks.append(block)
    }
    let (texts, rows) = (blocks, rows)
    let results = concurrently(texts.count) { index in
      Result { () throws(TableProblem) in try rows.read(texts[index]).with(texts[index]) }
    }
    for result in results {
      ready.insert(try problems(of: path, as: DataError.table, result.get()), at: 0)
    }
    return ready.popLast()
  }

  /// Reads the first block, and lets another thread read on.
  private func first() throws(DataError) -> ExampleBlock? {
    let (text, dialect) = (text, rows.dialect)
    let block = try text.next(dialect, from: rows.start)
    let rows = try block.map { block throws(DataError) in
      try problems(of: path, as: DataError.table, self.rows.readFirst(block)).with(block)
    }
    lines = ReadAhead(capacity: Self.threads) { () throws(DataError) in try text.next(dialect) }
    return rows
  }

  private static let threads = max(1, min(mostThreads, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
}

extension ExampleBlock {
  /// The block with what is known of its text.
  fileprivate func with(_ text: TextBlock) -> ExampleBlock {
    var block = self
    block.share = text.share
    block.decisions = text.decisions + decisions
    return block
  }
}
