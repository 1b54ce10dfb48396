import Foundation
import Lamina
import LaminaMeasurement

@testable import LaminaJobs

/// A folder for one test. It is removed when the test releases it.
final class Folder {
  let path = FileManager.default.temporaryDirectory
    .appendingPathComponent("lamina-jobs-\(UUID().uuidString)").path

  init() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { "\(path)/\(name)" }

  func write(_ text: String, to name: String) throws -> String {
    try text.write(toFile: file(name), atomically: false, encoding: .utf8)
    return file(name)
  }

  func text(_ name: String) throws -> String {
    try String(contentsOfFile: file(name), encoding: .utf8)
  }
}

extension Record {
  /// A record like that of a run, with the given step times.
  static func example(
    network: [Int] = [784, 128, 10], device: String = "cpu", deviceName: String = "processor",
    repetition: Int = 1, date: String = "2026-01-01T00:00:00Z", samples: [Double] = [1, 1.5, 2]
  ) -> Record {
    let job = JobCase(
      sizes: network, batchSize: 64, data: "digits", device: device, repetition: repetition)
    var record = job.record()
    record.date = date
    record.device = Device(
      DeviceDescription(
        selector: device, name: deviceName, platform: "CPU", vendor: "maker", driver: "1",
        computeUnits: 2, memory: 1, libraries: [:]))
    record.samples = samples
    record.statistics = Statistics(samples: samples, batchSize: 64)
    record.rates = Rates(
      gigaflopsPerSecond: 1, peakGigaflopsPerSecond: nil, shareOfPeak: nil, launchesPerStep: 10,
      joulesPerThousandSamples: nil)
    record.times = Times(
      opening: 0, compilation: 0, setUp: 0, hostToDevice: 0, hostToDeviceBytes: 1, training: 1)
    record.quality = Quality(trainLoss: 0.1, testLoss: 0.2, testAccuracy: 0.9)
    record.check = Check(passed: true, detail: "the losses are finite")
    return record
  }
}

/// Step times around `center` with a one-sided spread, as on a machine that runs other programs.
func noisySamples(center: Double, seed: UInt64, count: Int = 20) -> [Double] {
  var generator = Philox(seed: seed).generator()
  return (0..<count).map { _ in center * (1 + 0.1 * Double(generator.uniform())) }
}

extension JobCase {
  /// A case of a classifier with plain layers, like one from a job file.
  init(
    sizes: [Int], batchSize: Int, data: String, device: String, repetition: Int = 1
  ) {
    let network = NetworkDescription.classifier(
      inputs: sizes[0], hidden: Array(sizes.dropFirst().dropLast()), activation: .relu,
      classes: sizes[sizes.count - 1], inputScaling: .signedUnit)
    self.init(
      network,
      TrainingOptions(
        batchSize: batchSize, epochs: 1, optimizer: SGD(learningRate: 0.01, momentum: 0.9),
        seed: 1), batchSize: batchSize, data: data)
    self.device = device
    self.repetition = repetition
  }
}
