import Lamina
import LaminaData
import LaminaSVM
import LaminaText

/// One support vector machine on one device: its training, or the evaluation of a trained one.
final class SVMRun<B: Backend> {
  /// The seconds of each stage.
  struct Timings {
    var setUp = 0.0
    var kernel = 0.0
    var solver = 0.0
    var evaluation = 0.0
  }

  var timings = Timings()
  private let job: SVMJob
  private let backend: B

  init(_ job: SVMJob, on backend: B) {
    self.job = job
    self.backend = backend
  }

  /// Trains, saves and evaluates.
  func train(_ setUp: Stopwatch, _ log: RunLog?) throws {
    let trainer = try SVMTrainer(job.data.train, options: job.options, on: backend)
    let error = try ProductError(of: trainer.products, on: backend)
    timings.setUp = max(0, setUp.seconds - buildSeconds)
    log?.write(startEvent(kernel: trainer.kernel, error))
    Interruption.install()
    show(
      """
      support vectors (\(trainer.kernel.text)), cost \(job.options.cost), on \(backend.device.name)
      \(job.dataName): \(job.data.train.count) examples to train, \(job.data.test.count) to test
      \(job.decisions.text)\(error.sentence)

      """)
    let built = buildSeconds
    let progress = StatusLine(unless: job.isQuiet)
    let result = try trainer.train(
      progress: { progress.show("solved \($0) of \(trainer.pairCount) pairs of classes") },
      shouldStop: { Interruption.signalNumber != nil })
    progress.erase()
    timings.kernel = max(0, result.kernelSeconds - (buildSeconds - built))
    timings.solver = result.solverSeconds
    guard let machine = result.machine else {
      throw Interrupted(
        signalNumber: Interruption.signalNumber ?? 0, activity: "training",
        kept: "no model is written")
    }
    // The results are reported even if the model cannot be saved.
    let saved = Swift.Result { try save(machine.knowing(job.schema, job.decisions)) }
    try evaluate(machine, try SVMClassifier(machine, on: backend), log)
    try saved.get()
    if let path = job.modelPath { show("model          \(path)\n") }
  }

  private func save(_ machine: SupportVectorMachine) throws {
    guard let path = job.modelPath else { return }
    do {
      try machine.write(to: path)
    } catch {
      throw RunError("cannot write the model: \(error)")
    }
  }

  /// Evaluates a machine that was read from a file.
  func evaluate(_ machine: SupportVectorMachine, _ setUp: Stopwatch, _ log: RunLog?) throws {
    let (classifier, test) = (try SVMClassifier(machine, on: backend), job.data.test)
    let error = try ProductError(of: classifier.products(for: test.count), on: backend)
    timings.setUp = max(0, setUp.seconds - buildSeconds)
    log?.write(startEvent(kernel: machine.kernel, error))
    show(
      "support vectors (\(machine.kernel.text)) on the \(test.count) test examples of "
        + "\(job.dataName)\n\(job.decisions.text)\(error.sentence)\n")
    try evaluate(machine, classifier, log)
  }

  /// Evaluates the machine on the test set and reports.
  private func evaluate(
    _ machine: SupportVectorMachine, _ classifier: @autoclosure () throws -> SVMClassifier<B>,
    _ log: RunLog?
  ) throws {
    let (clock, built, test) = (Stopwatch(), buildSeconds, job.data.test)
    let predictions = try classifier().predictions(for: test)
    let matrix = ConfusionMatrix(
      predictions: predictions, labels: try test.labels(), classCount: machine.classNames.count)
    timings.evaluation = max(0, clock.seconds - (buildSeconds - built))
    log?.write(resultEvent(machine, matrix))
    show(
      """

      \(ReportText(confusionMatrix: matrix, classNames: machine.classNames).text)
      support vectors  \(machine.supportCount)
      times            data \(Format.seconds(job.dataSeconds)), \
      set-up \(Format.seconds(timings.setUp)), \
      kernel build \(Format.seconds(buildSeconds)), \(trainingTimes)\
      evaluation \(Format.seconds(timings.evaluation))

      """)
  }

  private var buildSeconds: Double { backend.report.buildSeconds }

  private var trainingTimes: String {
    job.loadedPath == nil
      ? "kernel matrices \(Format.seconds(timings.kernel)), "
        + "LIBSVM \(Format.seconds(timings.solver)), " : ""
  }

  private func show(_ text: String) {
    if !job.isQuiet { Terminal.standardOutput.write(text) }
  }

  /// The first line of a log: everything that determines the result.
  private func startEvent(kernel: KernelFunction, _ error: ProductError) -> JSON {
    let head = JSON([
      "event": "start", "lamina_version": LaminaVersion.text,
      "data": job.data.json(name: job.dataName, job.decisions),
    ])
    let tail = JSON([
      "cost": job.loadedPath == nil ? job.options.cost : nil, "model": job.modelPath,
      "loaded_model": job.loadedPath, "device": backend.device.json,
      "libsvm_version": LIBSVM.version,
    ])
    return head + kernel.json + tail + error.json
  }

  /// The last line of a log.
  private func resultEvent(_ machine: SupportVectorMachine, _ matrix: ConfusionMatrix) -> JSON {
    JSON([
      "event": "result", "test_accuracy": matrix.accuracy, "support_vectors": machine.supportCount,
      "train_seconds": timings.kernel + timings.solver, "kernel_seconds": timings.kernel,
      "solver_seconds": timings.solver, "data_seconds": job.dataSeconds,
      "setup_seconds": timings.setUp, "kernel_build_seconds": buildSeconds,
      "evaluation_seconds": timings.evaluation, "peak_memory_bytes": peakMemory(),
    ]) + matrix.json
  }
}

extension SupportVectorMachine {
  /// The machine with the schema of its data.
  fileprivate func knowing(_ schema: DataSchema, _ decisions: [DataDecision]) -> Self {
    var machine = self
    (machine.schema, machine.decisions) = (schema, decisions)
    return machine
  }
}
