/// How long and how often to measure.
struct SamplingPlan {
  /// Samples of each benchmark on each device.
  var samples = 10
  /// The least duration of a sample.
  var sampleSeconds = 0.1
  /// The least duration of the runs before the first sample.
  var warmUpSeconds = 0.2

  /// The number of runs in a sample, given the duration of one; a little more than needed,
  /// because the machine may become faster.
  func runsPerSample(secondsPerRun: Double) -> Int {
    max(1, Int((1.05 * sampleSeconds / max(secondsPerRun, 1e-9)).rounded(.up)))
  }
}
