import ArgumentParser
import Lamina
import LaminaDevices

/// `lamina tune`
struct TuneCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tune",
    abstract: "Finds the fastest matrix products of an OpenCL device by measuring.",
    discussion: """
      The plan is stored in the user's cache folder ($LAMINA_CACHE, or lamina in $XDG_CACHE_HOME \
      or ~/.cache), and training on the device uses it by itself. Each candidate is verified \
      against the CPU before it is measured. Ctrl-C keeps what was measured.
      """)

  @Option(
    help: ArgumentHelp(
      "opencl, opencl:INDEX, or a part of an OpenCL device's name.", valueName: "device"))
  var device: String?

  @Option(
    help: ArgumentHelp("Sizes of the network's layers, inputs first.", valueName: "sizes"),
    transform: NetworkSizes.init(parsing:))
  var network = NetworkSizes(sizes: [784, 128, 64, 10])

  @Option(parsing: .unconditional, help: "Examples a step.")
  var batchSize = 64

  @Option(parsing: .unconditional, help: "Seconds to measure for.")
  var time = 60.0

  @Flag(help: "Show the stored plans.")
  var list = false

  @Flag(help: "Remove the stored plans, or that of --device.")
  var clear = false

  func run() throws {
    if list && clear { throw InputError("--list and --clear exclude each other") }
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
        device: device ?? "opencl", network: network, batchSize: batchSize, seconds: time
      ).run()
    #else
      throw InputError("this program was built without OpenCL, and only OpenCL devices have plans")
    #endif
  }
}

/// All sizes of a network, as `784,128,64,10` writes them.
struct NetworkSizes: CustomStringConvertible {
  let sizes: [Int]

  init(sizes: [Int]) { self.sizes = sizes }

  /// Reads what follows `--network`.
  init(parsing text: String) throws {
    let sizes = try? HiddenSizes(parsing: text).sizes
    guard let sizes, sizes.count > 1 else {
      throw InputError(
        "give two or more sizes from 1 to 1000000 with commas between them, such as 784,128,64,10")
    }
    self.sizes = sizes
  }

  /// What the help shows as the default.
  var description: String { sizes.map(String.init).joined(separator: ",") }

  /// A classifier with these sizes.
  var classifier: NetworkDescription {
    NetworkDescription.classifier(
      inputs: sizes[0], hidden: Array(sizes.dropFirst().dropLast()), activation: .relu,
      classes: sizes[sizes.count - 1], inputScaling: .signedUnit)
  }
}
