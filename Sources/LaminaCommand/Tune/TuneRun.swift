#if OpenCL
  import Lamina
  import LaminaOpenCL

  /// One run of `lamina tune`.
  struct TuneRun {
    private let device: OpenCLDevice
    private let network: NetworkDescription
    private let batchSize: Int
    private let seconds: Double
    private let options: OpenCLOptions
    private let cache: CacheFolder

    /// The time limit for compiling a candidate, in seconds.
    private static let compileSeconds = 10.0

    init(
      device selector: String, precision: Precision, network: NetworkDescription, batchSize: Int,
      seconds: Double
    ) throws {
      device = try OpenCLDevice.select(selector)
      self.network = network
      self.batchSize = batchSize
      self.seconds = seconds
      try device.check(precision)
      var options = OpenCLOptions.userDefaults(warn: Notice.warn)
      options.precision = precision
      self.options = options
      cache = try TunePlans().cache
    }

    func run() throws {
      var plan =
        MatmulPlan.load(
          for: device.description, precision: options.precision, from: cache, warn: Notice.warn)
        ?? MatmulPlan(for: device.description, precision: options.precision, in: cache)
      let tuner = try Notice.show("opening the device ...") {
        try MatmulTuner(device, options: options)
      }
      let products = tuner.shares(
        of: ProductShape.products(
          of: network, batchSize: batchSize,
          evaluationRows: Evaluation.rows(for: network, on: device.description),
          hasOutputKernel: tuner.hasOutputKernel(for: network)), batchSize: batchSize)
      Interruption.install()
      let clock = Stopwatch()
      var results: [MatmulTuner.Result] = []
      // Candidates that compile slowly come in the second round, after all others.
      for round in 1...2 {
        for (index, product) in products.map(\.product).enumerated()
        where Interruption.signalNumber == nil {
          let left = max(0, seconds - clock.seconds)
          if round == 2 && left == 0 { break }
          let result = try Notice.show("\(index + 1)/\(products.count) \(product) ...") {
            try tuner.tune(
              product, known: round == 2 ? results[index] : nil,
              seconds: left * MatmulTuner.part(ofTimeFor: products[index...]),
              precompile: precompile,
              shouldStop: { Interruption.signalNumber != nil })
          }
          plan.set(result.entry)
          // Stored at once, so that no measurement is lost if the program ends.
          do throws(CacheError) { try plan.store(in: cache) } catch {
            throw RunError(error.description)
          }
          if round == 1 { results.append(result) } else { results[index] = result }
        }
      }
      let report = TuneReport(
        device: device.description, results: results, plan: plan, error: try error(),
        hasStepKernel: tuner.hasStepKernel(for: network))
      Terminal.standardOutput.write(report.text)
      if let signal = Interruption.signalNumber {
        throw Interrupted(
          signalNumber: signal, activity: "tuning",
          kept: "the plan has \(results.count) of \(products.count) products")
      }
    }

    /// The error of the network's products by the plan; nil if tuning was interrupted.
    private func error() throws(BackendError) -> ProductError? {
      if Interruption.signalNumber != nil { return nil }
      return try ProductError(
        of: network.trainingProducts(batchSize: batchSize),
        on: OpenCLBackend(device, options: options))
    }

    /// Compiles a candidate in a child process. Returns the reason why it cannot be used, or nil.
    private func precompile(_ product: ProductShape, _ method: String) -> String? {
      do {
        let ending = try ChildProcess.run(
          [
            "compile", "--device", device.description.selector, "--product", "\(product)",
            "--method", method,
          ], seconds: Self.compileSeconds,
          shouldStop: { Interruption.signalNumber != nil })
        switch ending {
        case .exited(0, _, _): return nil
        case .exited(let code, let message, _):
          let line = message.split(separator: "\n").first.map(String.init) ?? "code \(code)"
          return "its compilation failed: \(line)"
        case .timedOut: return "it takes more than \(Int(Self.compileSeconds)) s to compile"
        case .tooLarge: return "it needs too much memory to compile"
        case .interrupted: return "tuning was interrupted"
        }
      } catch {
        return "\(error)"
      }
    }
  }
#endif
