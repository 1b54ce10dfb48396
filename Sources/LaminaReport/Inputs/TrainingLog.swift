/// The output of `lamina train --log` and `lamina svm --log`, as far as reports show it.
package struct TrainingLog: Sendable {
  struct Device: Decodable, Sendable {
    var name, selector: String?
  }

  struct DataSet: Decodable, Sendable {
    var name: String?
    var train, test: Int?
    var classNames: [String]?
  }

  struct Start: Decodable, Sendable {
    var network, kernel, activation: String?
    var parameters, batchSize: Int?
    var learningRate, momentum: Double?
    var seed: UInt64?
    var data: DataSet?
    var device: Device?
    var precision: String?
    var productError: Double?

    /// The device with its precision, and the measured error of products. Logs of earlier versions have
    /// neither in fp32.
    var place: String? {
      guard let precision, precision != "fp32" || productError != nil else { return device?.name }
      let error = productError.map {
        ", products within \(Number.exact($0)) of their operands' norm"
      }
      return "\(device?.name ?? "–") in \(precision)\(error ?? "")"
    }
  }

  struct Epoch: Decodable, Sendable {
    var epoch: Int
    var trainLoss, trainAccuracy, testLoss, testAccuracy, testMicroF1, testRSquared: Double?
    var validationLoss, validationAccuracy, validationMicroF1, validationRSquared: Double?
    var learningRate: Double?

    var microF1: Double? { validationMicroF1 ?? testMicroF1 }
    var rSquared: Double? { validationRSquared ?? testRSquared }
  }

  /// An example of the test set.
  struct Example: Decodable, Sendable {
    var index, label, prediction: Int
    var probability: Double?
    /// The grey pixels in base64.
    var pixels: String
  }

  struct Pictures: Decodable, Sendable {
    var height, width: Int
    var examples: [Example]
    /// The weights of each unit of the first layer: one signed byte per pixel, in base64.
    var weights: [String]
  }

  /// The probabilities of a range, and the share of right answers among them.
  struct ReliabilityBin: Decodable, Sendable {
    var count: Int
    var meanProbability, share: Double?
  }

  struct Result: Decodable, Sendable {
    var testAccuracy, testLoss, trainSeconds, samplesPerSecond: Double?
    var interrupted, diverged: Bool?
    var confusionMatrix: [[Int]]?
    var pictures: Pictures?
    var reliability: [ReliabilityBin]?
    var expectedCalibrationError: Double?
  }

  /// The name of the file without its folder.
  package var name: String
  var start: Start?
  var epochs: [Epoch] = []
  var result: Result?

  init(name: String) { self.name = name }

  /// Adds an event; false if its line cannot be decoded. Unknown events are ignored.
  mutating func add(_ line: Line, event: String) -> Bool {
    switch event {
    case "start": start = line.decoded()
    case "epoch":
      guard let epoch: Epoch = line.decoded() else { return false }
      epochs.append(epoch)
    case "result": result = line.decoded()
    default: return true
    }
    return event == "epoch" || (event == "start" ? start != nil : result != nil)
  }

  /// The names of the classes, or their numbers if the log has no names.
  func classNames(_ count: Int) -> [String] {
    let names = start?.data?.classNames ?? []
    return names.count == count ? names : (0..<count).map(String.init)
  }
}
