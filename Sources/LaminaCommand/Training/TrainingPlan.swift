import Glibc
import Lamina
import LaminaData
import LaminaText

/// The checked inputs of a training, before any device is opened.
struct TrainingPlan {
  /// The input of the session.
  let setup: TrainingSetup
  /// The initialization of the parameters, used if no file has them.
  let initialization: Initialization
  /// The data with their schema and the decisions about it.
  private let loaded: LoadedData
  /// The name that the user gave for the data.
  let dataName: String
  /// The options with which the data were read.
  let dataOptions: DataOptions
  let initialModelPath, modelPath, cardPath: String?
  /// The seconds for reading or generating the data.
  let dataSeconds: Double

  /// The decisions about the data that no option made.
  var decisions: [DataDecision] { loaded.decisions }
  /// What the training part has in each input column; empty unless it is a table.
  var columns: [ColumnSummary] { loaded.columns }

  var data: DatasetSplit { setup.data }
  var network: NetworkDescription { setup.network }
  var options: TrainingOptions { setup.options }

  /// Checks the arguments, then reads the data.
  init(
    _ arguments: TrainingArguments, data selection: DataSelection,
    _ reading: DataArguments? = nil, initialModelPath: String? = nil,
    weightNames: LayerNames? = nil, modelPath: String? = nil,
    cardPath: String? = nil
  ) throws {
    // Options that are wrong for any data are refused before the data are read.
    _ = try arguments.options()
    for path in [modelPath, cardPath].compactMap(\.self) { try Safetensors.checkWritable(path) }
    let initial = try initialModelPath.map {
      try InitialWeights(path: $0, names: weightNames, arguments.network)
    }
    let initialModel = initial?.model
    let clock = Stopwatch()
    var source = selection.source
    if let reading { source.options = reading.options }
    source.embeddingBound = DataSource.usualEmbeddingBound
    try initialModel?.checkTask(reading?.task)
    try initialModel?.checkColumns(source.options)
    for notice in initialModel?.model.notices ?? [] { Notice.warn(notice) }
    source.schema = initialModel?.model.schema
    let loaded = try source.read()
    dataSeconds = clock.seconds
    let training = try ResolvedTraining(arguments, loaded.split, reading, initial)
    self.loaded = loaded
    dataName = selection.name
    dataOptions = source.options
    initialization = training.initialization
    self.initialModelPath = initialModelPath
    self.modelPath = modelPath
    self.cardPath = cardPath
    setup = training.setup()
  }

  /// Refuses a network that the machine cannot hold, before an allocation ends the program.
  static func checkMemory(for network: NetworkDescription, batchSize: Int) throws(InputError) {
    // Parameters and velocities on the device, and twice the parameters on the host; values and
    // deltas for each row of a training or evaluation batch.
    let rows = max(batchSize, Evaluation.usualRows)
    let numbers =
      4.0 * Double(network.parameterCount) + 2.0 * Double(rows) * Double(network.valueCount)
    let needed = numbers * Double(MemoryLayout<Float>.stride)
    let memory = Double(sysconf(Int32(_SC_PHYS_PAGES))) * Double(sysconf(Int32(_SC_PAGESIZE)))
    guard needed < memory else {
      throw InputError(
        "the network \(network.name) needs \(Format.gibibytes(needed)), "
          + "and this machine has \(Format.gibibytes(memory)); give it smaller layers or batches")
    }
  }

  /// The number of examples that training sees if it is not interrupted.
  var examplesInAll: Int {
    let perEpoch = data.train.count
    let (all, overflow) = perEpoch.multipliedReportingOverflow(by: options.epochs)
    let wanted = overflow ? Int.max : all
    guard let limit = options.stepLimit else { return wanted }
    let batchSize = options.batchSize(of: perEpoch)
    let stepsPerEpoch = options.length(exampleCount: perEpoch).stepsPerEpoch
    let (epochs, rest) = limit.quotientAndRemainder(dividingBy: stepsPerEpoch)
    guard epochs < options.epochs else { return wanted }
    return epochs * perEpoch + min(perEpoch, rest * batchSize)
  }

  /// The trained parameters as a model for the same data.
  ///
  /// - Parameter chosen: The temperature and the thresholds that were chosen after training.
  func model(_ parameters: NetworkParameters, _ chosen: ChosenOutputs?) -> Model {
    Model(
      description: chosen?.network ?? network, parameters: parameters, trainedOn: loaded,
      dataOptions: dataOptions, thresholds: chosen?.thresholds ?? setup.thresholds)
  }
}

extension NetworkDescription {
  /// The layers that `--hidden` lists: all but an embedding and the output layer.
  var hiddenLayers: [Layer] {
    Array(layers.dropFirst(embeddedColumns.isEmpty ? 0 : 1).dropLast())
  }

  /// Sizes and activations, such as `784-128-64-10 (relu)`, and the loss unless it is the default.
  var text: String {
    let activations = layers.dropLast().compactMap(\.dense?.activation.description)
    var notes: [String] = []
    if let first = activations.first {
      notes.append(
        activations.allSatisfy { $0 == first } ? first : activations.joined(separator: ", "))
    }
    if outputActivation != .identity { notes.append("output \(outputActivation)") }
    if loss != .softmaxCrossEntropy() { notes.append(loss.description) }
    return notes.isEmpty ? name : "\(name) (\(notes.joined(separator: "; ")))"
  }
}
