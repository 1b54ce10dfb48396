import Foundation
import Lamina
import LaminaText
import Testing

@testable import LaminaJobs
@testable import LaminaMeasurement

@Suite("Comparisons") struct ComparisonTests {
  private let devices = ["cpu", "opencl:0"].map {
    DeviceDescription(
      selector: $0, name: "<\($0)>, \"x\"", platform: "P", vendor: "V", driver: "1",
      computeUnits: 1, memory: 1, libraries: [:])
  }

  private func steps(_ device: Int, _ samples: [Double]) -> StepMeasurement {
    StepMeasurement(
      device: devices[device], batchSize: 10, operations: 1000, samples: samples, yardstick: [],
      runsPerSample: 1, openingSeconds: 0, compilationSeconds: 0, setUpSeconds: 0,
      hostToDeviceSeconds: 0, hostToDeviceBytes: 1, launches: device == 0 ? nil : 10,
      joulesPerExample: nil)
  }

  private func result(_ hits: [Bool]) -> TrainingResult {
    TrainingResult(
      losses: [1, 0.5], testLoss: 0.5,
      testAccuracy: Double(hits.count { $0 }) / Double(hits.count), hits: hits, seconds: 1)
  }

  private func point(
    _ value: Int? = nil, first: [Double] = [1, 1, 1, 1], second: [Double] = [2, 2, 2, 2],
    hits: ([Bool], [Bool]) = ([true], [true])
  ) -> Comparison.Point {
    Comparison.Point(
      value: value,
      network: .classifier(
        inputs: 4, hidden: [3], activation: .relu, classes: 2, inputScaling: .identity),
      options: TrainingOptions(
        batchSize: 10, epochs: 2, optimizer: SGD(learningRate: 0.1), seed: 1),
      steps: [steps(0, first), steps(1, second)], results: [result(hits.0), result(hits.1)])
  }

  private func comparison(
    _ points: [Comparison.Point], sweep: String? = nil
  ) -> Comparison {
    Comparison(data: "digits", devices: devices, peaks: [2000, nil], sweep: sweep, points: points)
  }

  @Test("A drift that meets both devices does not hide which is faster")
  func paired() {
    // The machine becomes five times as slow; the second device always takes twice as long.
    let first = [1, 2, 3, 4, 5].map(Double.init)
    let speed = point(first: first, second: first.map { 2 * $0 }).speed(of: 1)
    #expect(speed.value == 0.5 && speed.interval == Interval(0.5, 0.5) && speed.isReal)
  }

  @Test("A difference inside the interval does not count")
  func noise() {
    let noisy = point(first: [1, 2, 1, 2, 1, 2], second: [2, 1, 2, 1, 2, 1])
    #expect(!noisy.speed(of: 1).isReal)
    #expect(comparison([noisy]).text.contains("do not differ beyond noise"))
    #expect(comparison([point()]).text.contains("opencl:0 trains 0.50 times as fast as cpu"))
  }

  @Test("Accuracies differ only where more examples do than chance explains")
  func accuracy() {
    let same = [Bool](repeating: true, count: 1000)
    var one = same
    one[0] = false
    #expect(!point(hits: (same, one)).accuracy(of: 1).isReal)
    let fewer = same.indices.map { $0 >= 100 }
    let difference = point(hits: (same, fewer)).accuracy(of: 1)
    #expect(difference.value == -0.1 && difference.isReal)
    // sqrt(100 - 100²/1000) / 1000 is 0.00949.
    #expect(abs(difference.interval.upper - (-0.1 + 1.96 * 0.009487)) < 1e-5)
  }

  @Test("The crossover lies between two sizes, on logarithmic scales")
  func crossover() {
    // Half as fast at 16, twice as fast at 64: equal at 32.
    let slow = point(16, first: [1, 1, 1], second: [2, 2, 2])
    let fast = point(64, first: [2, 2, 2], second: [1, 1, 1])
    guard case .at(let size) = comparison([slow, fast], sweep: "width").crossover(of: 1) else {
      Issue.record("no crossover")
      return
    }
    #expect(abs(size - 32) < 1e-9)
    let more = comparison([fast, point(128, first: [2, 2], second: [1, 1])], sweep: "width")
    #expect(more.crossover(of: 1) == .always)
    #expect(comparison([slow], sweep: "width").crossover(of: 1) == .never)
    let back = comparison(
      [fast, point(128, first: [1, 1], second: [2, 2])], sweep: "width")
    #expect(back.crossover(of: 1) == .unclear)
    let noise = point(32, first: [1, 2, 1, 2], second: [2, 1, 2, 1])
    #expect(comparison([noise], sweep: "width").crossover(of: 1) == .unclear)
  }

  @Test("CSV has a line for each device, with quotes where they are needed")
  func csv() {
    let lines = comparison([point()]).csv.components(separatedBy: "\r\n")
    #expect(lines.count == 4 && lines[3].isEmpty)
    #expect(lines[1].contains(",cpu,\"<cpu>, \"\"x\"\"\",10.0,"))
    let columns = lines[0].split(separator: ",").count
    #expect(columns == 27)
  }

  @Test("JSON has every sample, and null for what is not known")
  func json() throws {
    let text = comparison([point()]).json.text
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let points = try #require(object["points"] as? [[String: Any]])
    let rows = try #require(points[0]["devices"] as? [[String: Any]])
    #expect(rows[0]["launches_per_step"] is NSNull && rows[1]["launches_per_step"] as? Int == 10)
    #expect(rows[0]["share_of_peak"] as? Double == 0.5 && rows[1]["share_of_peak"] is NSNull)
    #expect((rows[1]["samples_seconds_per_step"] as? [Double])?.count == 4)
  }
}
