/// The output of `lamina compare --json`, as far as reports show it.
package struct ComparisonResults: Decodable, Sendable {
  struct Device: Decodable, Sendable {
    var device, deviceName: String
    var samplesPerSecond: Double
    var interval: [Double]
    var secondsPerStep: Double
    var launchesPerStep: Int?
    var gflops: Double
    var shareOfPeak: Double?
    var ratio: Double
    var ratioInterval: [Double]
    var ratioIsReal: Bool
    var testLoss, testAccuracy: Double?
    var losses: [Double?]?
    var compilationSeconds, hostToDeviceSeconds: Double?
    var joulesPerThousandSamples: Double?

    /// The interval of the rate, in samples per second.
    var range: ClosedRange<Double>? {
      interval.count == 2 && interval[0] <= interval[1] ? interval[0]...interval[1] : nil
    }
  }

  struct Point: Decodable, Sendable {
    var value: Int?
    var network: String
    var batchSize: Int?
    var devices: [Device]
  }

  struct Crossover: Decodable, Sendable {
    var device, against, kind: String
    var size: Double?
  }

  var data: String
  var sweep: String?
  var points: [Point]
  var crossovers: [Crossover]
  /// On the error of products, where it was measured.
  var notes: [String]?

  /// Parses the output of one comparison; nil if the text is none.
  package init?(json: String) {
    guard let results = Line(bytes: .init(json.utf8)).decoded(as: Self.self) else { return nil }
    self = results
  }
}
