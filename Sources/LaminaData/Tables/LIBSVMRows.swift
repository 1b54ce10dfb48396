import Lamina

/// Reads the lines of LIBSVM's format block by block, matched to the inputs of a model. Labels may
/// be left out.
struct LIBSVMRows: TextRows {
  private let table: LIBSVMTable
  let features: Int
  let keptNames: [String] = []
  let decisions: [DataDecision]

  /// No quotes enclose line ends.
  let dialect = DelimitedText.Dialect(separator: .blanks, quotes: [])
  let start = 0

  /// - Parameter schema: The inputs of the model.
  init(schema: DataSchema) {
    table = LIBSVMTable(schema: schema)
    features = schema.columns.count
    decisions = [
      DataDecision(
        subject: "format",
        text: "lines are LIBSVM index:value pairs, with \(features) features; labels are ignored")
    ]
  }

  func readFirst(_ block: TextBlock) throws(TableProblem) -> ExampleBlock {
    try read(block)
  }

  func read(_ block: TextBlock) throws(TableProblem) -> ExampleBlock {
    var lines: [LIBSVMLine] = []
    for (words, number) in LIBSVMWords(block.bytes, from: block.line) {
      lines.append(try LIBSVMLine(words, number: number))
    }
    let (first, count) = try table.indices(lines)
    return ExampleBlock(
      inputs: .doubles(LIBSVMTable.dense(lines, first: first, count: count)), count: lines.count)
  }
}
