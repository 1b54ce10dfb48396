/// The number and the duration of samples.
package struct SamplingPlan {
  /// The number of samples of each benchmark on each device.
  package var samples = 10
  /// The minimum duration of a sample.
  package var sampleSeconds = 0.1
  /// The minimum duration of the warm-up before the first sample.
  package var warmUpSeconds = 0.2

  package init(
    samples: Int = 10, sampleSeconds: Double = 0.1, warmUpSeconds: Double = 0.2
  ) {
    self.samples = samples
    self.sampleSeconds = sampleSeconds
    self.warmUpSeconds = warmUpSeconds
  }

  /// The number of runs in a sample, given the duration of one. It is slightly higher than needed,
  /// because the machine may become faster.
  package func runsPerSample(secondsPerRun: Double) -> Int {
    max(1, Int((1.05 * sampleSeconds / max(secondsPerRun, 1e-9)).rounded(.up)))
  }
}
