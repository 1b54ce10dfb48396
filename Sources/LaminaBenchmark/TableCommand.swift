import ArgumentParser
import Lamina
import LaminaData
import LaminaText

/// `lamina-benchmark table`
struct TableCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "table",
    abstract: """
      Measures how fast the rows of a table of numbers are read, as lamina predict reads them: block \
      by block, without a network.
      """)

  @Argument(help: "The table: CSV, TSV and the like, plain or compressed with gzip.")
  var path: String

  @Option(help: "The number of columns, all of them numbers.") var columns: Int

  @Option(help: "How often the table is read.") var samples = 5

  @Flag(help: "Print a JSON object per sample.") var json = false

  func validate() throws {
    guard columns > 0, samples > 0 else {
      throw ValidationError("--columns and --samples must be positive")
    }
  }

  func run() throws {
    for _ in 0..<samples {
      let start = ContinuousClock.now
      var rows = 0
      do throws(DataError) {
        let stream = try DataSource(path).stream(inputs: columns, imageSize: nil)
        while let block = try stream.next() { rows += block.examples.count }
      } catch {
        throw InputError("\(error)")
      }
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      if json {
        print(JSON(["rows": rows, "columns": columns, "seconds": seconds]).text)
      } else {
        print(
          "\(rows) rows in \(Format.seconds(seconds)), \(Format.rate(Double(rows) / seconds)) rows/s"
        )
      }
    }
  }
}
