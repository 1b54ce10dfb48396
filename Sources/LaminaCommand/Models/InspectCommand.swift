import ArgumentParser
import Lamina
import LaminaData
import LaminaText

/// `lamina inspect`
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Shows what a data set contains, or what a model takes and gives.",
    discussion: """
      Data are read and split as for a training, with the same options, and nothing is written. The \
      columns of a table are those of its training part.
      """)

  @Option(DataSelection.help, value: DataSelection.valueName) var data: DataSelection?

  @Option("The model to show (safetensors).", value: "file") var model: String?

  @OptionGroup(title: "Data") var reading: ReadingArguments

  @Flag(help: "Print one JSON object (docs/files.md).") var json = false

  func validate() throws {
    guard (data == nil) != (model == nil) else {
      throw InputError("give either --data or --model")
    }
    guard model == nil || reading.options == DataOptions() else {
      throw InputError("a model determines how its data are read; omit the options for data")
    }
  }

  func run() throws {
    let shown: (text: String, json: JSON)
    if let model {
      let inspection = ModelInspection(path: model, model: try Model(path: model))
      shown = (inspection.text, inspection.json)
    } else if var source = data?.source {
      source.options = reading.options
      source.embeddingBound = DataSource.usualEmbeddingBound
      let inspection = DataInspection(path: source.path, data: try source.read())
      shown = (inspection.text, inspection.json)
    } else {
      return
    }
    Terminal.standardOutput.write(json ? shown.json.text + "\n" : shown.text)
  }
}
