/// The output of `lamina train --log` and `lamina svm --log`, as far as reports show it.
package struct TrainingLog: Sendable {
  struct Device: Decodable, Sendable {
    var name: String?
    var selector: String?
  }

  struct DataSet: Decodable, Sendable {
    var name: String?
    var train: Int?
    var test: Int?
    var classNames: [String]?
  }

  struct Start: Decodable, Sendable {
    var network: String?
    var kernel: String?
    var activation: String?
    var parameters: Int?
    var batchSize: Int?
    var learningRate: Double?
    var momentum: Double?
    var seed: UInt64?
    var data: DataSet?
    var device: Device?
  }

  struct Epoch: Decodable, Sendable {
    var epoch: Int
    var trainLoss: Double?
    var trainAccuracy: Double?
    var testLoss: Double?
    var testAccuracy: Double?
    var testMicroF1: Double?
    var testRSquared: Double?
    var validationLoss: Double?
    var validationAccuracy: Double?
    var validationMicroF1: Double?
    var validationRSquared: Double?
    var learningRate: Double?

    var microF1: Double? { validationMicroF1 ?? testMicroF1 }
    var rSquared: Double? { validationRSquared ?? testRSquared }
  }

  /// An example of the test set.
  struct Example: Decodable, Sendable {
    var index: Int
    var label: Int
    var prediction: Int
    var probability: Double?
    /// The grey pixels in base64.
    var pixels: String
  }

  struct Pictures: Decodable, Sendable {
    var height: Int
    var width: Int
    var examples: [Example]
    /// The weights of each unit of the first layer: one signed byte per pixel, in base64.
    var weights: [String]
  }

  struct Result: Decodable, Sendable {
    var testAccuracy: Double?
    var testLoss: Double?
    var trainSeconds: Double?
    var samplesPerSecond: Double?
    var interrupted: Bool?
    var diverged: Bool?
    var confusionMatrix: [[Int]]?
    var pictures: Pictures?
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
