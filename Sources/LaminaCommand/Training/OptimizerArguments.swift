import ArgumentParser
import Lamina
import LaminaConfiguration

/// The options of the optimiser, which updates the parameters.
struct OptimizerArguments: ParsableArguments {
  @Option(OptimizerChoice.help, value: "name", parsing: .unconditional)
  var optimizer = OptimizerChoice.sgd

  @Option(
    parsing: .unconditional, help: "The learning rate. (default: \(OptimizerChoice.learningRates))")
  var learningRate: Float?

  @Option(
    parsing: .unconditional,
    help: """
      The share of the previous step that the next one keeps. \
      (default: \(OptimizerChoice.momenta))
      """) var momentum: Float?

  @Option(
    """
    The schedule of the learning rate: constant, step(every=5, factor=0.1), exponential(0.95), \
    cosine(to=0), one_cycle(rise=0.3, start_divisor=25, end_divisor=10000) or \
    reduce_on_plateau(factor=0.1, patience=10, threshold=0.0001, minimum=0, metric=loss).
    """, value: "name", parsing: .unconditional) var schedule = ScheduleChoice.constant

  @Option(
    "Raise the learning rate linearly at the start, over '500 steps' or '2 epochs', for example.",
    value: "length", parsing: .unconditional) var warmUp: WarmUpLength?

  @Option(
    parsing: .unconditional,
    help: "Compute each batch in this many parts, and add up their gradients.") var accumulation = 1

  /// The optimiser with its learning rate.
  func rule() throws -> Optimizer {
    try optimizer.optimizer(learningRate: learningRate, momentum: momentum)
  }

  /// The learning rate over the steps.
  var learningRateSchedule: LearningRateSchedule {
    LearningRateSchedule(schedule.decay, warmUp: warmUp?.warmUp)
  }
}
