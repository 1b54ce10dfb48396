/// A network of a population, and how far its training is.
struct PopulationMember {
  let order: EpochOrder
  /// The result of the last epoch.
  private(set) var result: TrainedEpoch?
  private(set) var stepsTaken = 0
  /// The value that a schedule for plateaus looks at before the next epoch.
  var monitoredValue: Double?

  private let options: TrainingOptions
  private let batchSize: Int
  private var pace: LearningRatePace
  /// The steps and examples of this epoch so far.
  private var taken = (steps: 0, examples: 0)

  /// - Parameter count: The examples of the data set.
  init(_ training: PopulationTraining, count: Int) {
    options = training.options
    order = options.order(of: count, rows: training.rows)
    batchSize = options.batchSize(of: order.count)
    pace = LearningRatePace(options.schedule, options.length(exampleCount: order.count))
  }

  /// The steps of the next epoch.
  private var stepCount: Int {
    min(pace.length.stepsPerEpoch, (options.stepLimit ?? .max) - stepsTaken)
  }

  /// The steps of the next epoch at which the size of its batches changes, and the first.
  var bounds: [Int] { [0, min(order.count / batchSize, stepCount), stepCount] }

  /// The examples of a step of the next epoch, counted from 0.
  func rows(ofStep step: Int) -> Int {
    step < stepCount ? min(batchSize, order.count - step * batchSize) : 0
  }

  mutating func beginEpoch() {
    taken = (0, 0)
    if let monitoredValue { pace.observe(monitoredValue) }
  }

  /// The values of the next step; nil where it takes no examples.
  ///
  /// - Parameter memory: The network's, which decides where its order begins.
  mutating func nextStep<B: Backend>(
    examples: Int, of memory: TrainingSteps<B>
  ) -> StepArguments? {
    guard examples > 0 else { return nil }
    let first = taken.examples
    taken = (taken.steps + 1, first + examples)
    let step = stepsTaken + taken.steps
    return memory.arguments(from: first, step: step, learningRateFactor: pace.factor(step: step))
  }

  /// Ends an epoch.
  ///
  /// - Parameters:
  ///   - losses: The sum of the examples' losses.
  ///   - hits: The number of right answers.
  mutating func finish(
    _ epoch: Int, losses: Double, hits: Double, penalty: Double, seconds: Double, wasStopped: Bool
  ) {
    stepsTaken += taken.steps
    let examples = Double(max(1, taken.examples))
    let result = TrainedEpoch(
      epoch: epoch, steps: taken.steps, examples: taken.examples,
      loss: losses / examples + penalty, penalty: penalty, accuracy: hits / examples,
      learningRate: pace.rate(of: options.rule), seconds: seconds, wasStopped: wasStopped)
    monitoredValue = pace.metric == .accuracy ? result.accuracy : result.loss
    self.result = result
  }
}
