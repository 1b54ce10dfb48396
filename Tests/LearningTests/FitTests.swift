import Foundation
import Lamina
import LaminaData
import LaminaDevices
import LaminaLearning
import Synchronization
import Testing

/// Learning and predicting in one call each, on every device.
struct FitTests {
  private static var devices: [String] {
    ["cpu"] + ((try? DeviceSelection.openCLDevices().map(\.selector)) ?? [])
  }

  private static let rows: [[Float]] = (0..<300).map { row in
    let noise = Float(row * 7 % 13) / 26
    return [Float(row % 3) + noise, 1000 * Float(row % 5)]
  }
  private static let classes = rows.map { ["ant", "bee", "cat"][Int($0[0])] }

  private var options: FitOptions {
    var options = FitOptions(hidden: [16], epochs: 60)
    options.rule = UpdateRule(.adam(Adam(learningRate: 0.02)))
    options.earlyStopping = nil
    return options
  }

  private func options(on device: String) -> FitOptions {
    var options = options
    options.device = device
    return options
  }

  @Test(arguments: devices) func classesAreNamed(_ device: String) async throws {
    let model = try await Lamina.fit(
      Self.rows, classes: Self.classes, options: options(on: device))
    #expect(model.outputs == ["ant", "bee", "cat"] && model.history.count == 60)
    let predictions = try model.predict(Self.rows)
    let right = zip(predictions, Self.classes).count { $0.className == $1 }
    // The classes have gaps between them.
    #expect(right == 300)
    let sums = predictions.map { ($0.probabilities ?? []).reduce(0, +) }
    #expect(sums.allSatisfy { abs($0 - 1) < 1e-5 })
    guard case .classes(let report)? = model.report else { Issue.record("no report"); return }
    #expect(report.accuracy == 1)
  }

  @Test(arguments: devices) func numbersHaveTheirOwnUnit(_ device: String) async throws {
    let numbers = Self.rows.map { [5000 + 300 * Double($0[0]), Double($0[1]) / 1e6] }
    let model = try await Lamina.fit(
      Self.rows, numbers: numbers, targets: ["price", "size"], options: options(on: device))
    #expect(model.outputs == ["price", "size"])
    let predictions = try model.predict(Self.rows)
    for (found, wanted) in zip(predictions, numbers) {
      // A fiftieth of the range of each.
      #expect(abs(found.numbers[0] - wanted[0]) < 15)
      #expect(abs(found.numbers[1] - wanted[1]) < 1e-4)
    }
  }

  @Test func labelsAreNamed() async throws {
    let labels = Self.rows.map { [$0[0] > 1.4, $0[1] > 1500] }
    let model = try await Lamina.fit(
      Self.rows, labels: labels, labelNames: ["tall", "wide"], options: options)
    let found = try model.predict(Self.rows).map(\.labels)
    let wanted = labels.map { ($0[0] ? ["tall"] : []) + ($0[1] ? ["wide"] : []) }
    #expect(zip(found, wanted).count { $0 == $1 } >= 290)
  }

  @Test func modelsAreSavedAndLoaded() async throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("lamina-fit-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let model = try await Lamina.fit(
      Self.rows, classes: Self.classes, names: ["width", "height"], options: options)
    try model.save(to: "\(folder)/m.safetensors")
    let loaded = try Lamina.load("\(folder)/m.safetensors")
    let predictions = try await loaded.predictions(for: Self.rows)
    #expect(try model.predict(Self.rows) == predictions)
    #expect(loaded.history.isEmpty && loaded.report == nil)
    // Its columns have names, so a table may have them in another order.
    let table = "height,width\n" + Self.rows.map { "\($0[1]),\($0[0])\n" }.joined()
    try table.write(toFile: "\(folder)/new.csv", atomically: true, encoding: .utf8)
    // Its numbers have more digits than those of the rows.
    let named = try await loaded.predictions(data: "\(folder)/new.csv")
    #expect(named.map(\.className) == predictions.map(\.className))
  }

  @Test func tablesAreLearned() async throws {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("lamina-fit-\(UUID().uuidString).csv").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let table =
      "colour,size,kind\n"
      + (0..<120).map {
        "\(["red", "blue"][$0 % 2]),\($0 % 7 == 0 ? "" : "\($0 % 4)"),k\($0 % 2)\n"
      }
      .joined()
    try table.write(toFile: path, atomically: true, encoding: .utf8)
    var reading = DataOptions()
    reading.missing = .impute
    let model = try await Lamina.fit(data: path, reading: reading, options: options)
    #expect(try model.predict(data: path).map(\.className) == (0..<120).map { "k\($0 % 2)" })
    #expect(throws: LearningError.needsTable(columns: 2)) {
      try model.predict([[1, 2, 3]])
    }
  }

  @Test func everyEpochIsToldAndCanBeTheLast() async throws {
    let epochs = Mutex<[Int]>([])
    let model = try await Lamina.fit(Self.rows, classes: Self.classes, options: options) { report in
      epochs.withLock { $0.append(report.epoch) }
      return report.epoch == 3 ? .stop : .goOn
    }
    #expect(epochs.withLock { $0 } == [1, 2, 3])
    #expect(model.history.map(\.epoch) == [1, 2, 3])
  }

  @Test func cancellingEndsTheTraining() async throws {
    var options = options
    options.epochs = 1_000_000
    let (started, signal) = AsyncStream.makeStream(of: Void.self)
    let task = Task { [options] in
      try await Lamina.fit(Self.rows, classes: Self.classes, options: options) { _ in
        signal.yield()
        return .goOn
      }
    }
    for await _ in started { break }
    task.cancel()
    await #expect(throws: CancellationError.self) { _ = try await task.value }
  }

  @Test func theSameSeedGivesTheSameModel() async throws {
    let first = try await Lamina.fit(Self.rows, classes: Self.classes, options: options)
    let second = try await Lamina.fit(Self.rows, classes: Self.classes, options: options)
    #expect(first.model.parameters.tensors == second.model.parameters.tensors)
  }
}
