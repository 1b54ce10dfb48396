import ArgumentParser
import Lamina
import LaminaDevices

/// `lamina tune`
struct TuneCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tune",
    abstract: "Finds the fastest method for each matrix product on an OpenCL device.",
    discussion: """
      Measures the matrix products of a network. The plan is stored in the user's cache folder \
      ($LAMINA_CACHE, or lamina in $XDG_CACHE_HOME or ~/.cache), and training on the device uses it \
      automatically. Each candidate is verified against the CPU before it is measured. Ctrl-C keeps \
      the results so far.
      """)

  @Option(
    "The device: opencl, opencl:INDEX, or part of an OpenCL device's name. (default: opencl)",
    value: "device") var device: String?

  @OptionGroup var products: PrecisionArguments

  @Option("The sizes of the network's layers, inputs first.", value: "sizes")
  var network = NetworkSizes(sizes: [784, 128, 64, 10])

  @Option(parsing: .unconditional, help: "Examples per step.") var batchSize = 64

  @Option(parsing: .unconditional, help: "The time for all measurements, in seconds.")
  var time = 60.0

  @Flag(help: "List the stored plans, and measure nothing.") var list = false

  @Flag(help: "Remove the stored plans, or only the plan of --device, and measure nothing.")
  var clear = false

  func run() throws {
    if list && clear { throw InputError("give either --list or --clear, not both") }
    guard (1...1_000_000).contains(batchSize) else {
      throw InputError("the batch size is \(batchSize); it must be from 1 to 1000000")
    }
    guard time > 0, time <= 86_400 else {
      throw InputError("the time is \(time) s; it must be above 0 and at most 86400 s")
    }
    if device == DeviceSelection.cpuSelector {
      throw InputError("the CPU backend needs no plan; give an OpenCL device to --device")
    }
    #if OpenCL
      if list { return try TunePlans().list() }
      if clear { return try TunePlans().clear(device: device) }
      let network = network.classifier
      try network.validate()
      try TrainingPlan.checkMemory(for: network, batchSize: batchSize)
      try TuneRun(
        device: device ?? "opencl", precision: products.precision, network: network,
        batchSize: batchSize, seconds: time
      ).run()
    #else
      throw InputError("this program was built without OpenCL, and only OpenCL devices have plans")
    #endif
  }
}

/// All sizes of a network, written as `784,128,64,10`.
struct NetworkSizes: OptionValue, CustomStringConvertible {
  let sizes: [Int]

  init(sizes: [Int]) { self.sizes = sizes }

  init(parsing text: String) throws {
    guard let sizes = try? Sizes.parse(text), sizes.count > 1 else {
      throw InputError(
        "give two or more sizes from 1 to 1000000, separated by commas, such as 784,128,64,10")
    }
    self.sizes = sizes
  }

  /// The text that the help shows as the default.
  var description: String { sizes.map(String.init).joined(separator: ",") }

  /// A classifier with these sizes.
  var classifier: NetworkDescription {
    NetworkDescription.classifier(
      inputs: sizes[0], hidden: Array(sizes.dropFirst().dropLast()), activation: .relu,
      classes: sizes[sizes.count - 1], inputScaling: .signedUnit)
  }
}
