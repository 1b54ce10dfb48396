import Lamina
import Testing

@testable import LaminaData

/// Models as archives of numpy's arrays, read back by the reader of data sets.
struct NPZExportTests {
  private static func arrays(_ model: Model) throws -> [String: NPYArray] {
    let folder = try TemporaryFolder()
    try model.writeNPZ(to: "\(folder.path)/m.npz")
    let archive = try ZIPArchive(folder.read("m.npz"))
    var arrays: [String: NPYArray] = [:]
    for entry in archive.entries {
      arrays[entry.name] = try NPYArray(archive.content(of: entry), name: entry.name)
    }
    return arrays
  }

  private static func model(
    inputs: InputScaling, targets: TargetScaling? = nil, classes: [String] = []
  ) -> Model {
    let description = NetworkDescription(
      inputs: 2,
      layers: [.batchNormalization(), .dense(outputs: 1, activation: .identity)],
      loss: .squaredError, inputScaling: inputs, targetScaling: targets)
    let tensors: [[Float]] = [[1, 2], [3, 4], [5, 6], [7, 8], [9, 10], [11]]
    return Model(
      description: description, parameters: NetworkParameters(tensors: tensors),
      classNames: classes, task: .regression)
  }

  private static func floats(_ array: NPYArray?) -> [Float]? {
    if case .floats(let floats)? = array?.elements { floats } else { nil }
  }

  private static func doubles(_ array: NPYArray?) -> [Double]? {
    if case .doubles(let doubles)? = array?.elements { doubles } else { nil }
  }

  @Test func tensorsAndScalingComeBack() throws {
    let arrays = try Self.arrays(
      Self.model(
        inputs: .perFeature(centers: [1e9, -0.1], scales: [2, 3], offsets: [0, 0.5]),
        targets: TargetScaling(means: [0.1], deviations: [7])))
    #expect(Self.floats(arrays["layers.0.running_var.npy"]) == [7, 8])
    #expect(Self.floats(arrays["layers.1.weight.npy"]) == [9, 10])
    #expect(arrays["layers.1.weight.npy"]?.shape == [1, 2])
    #expect(arrays["layers.1.bias.npy"]?.shape == [1])
    // All digits of 64 bits.
    #expect(Self.doubles(arrays["input_scaling.centers.npy"]) == [1e9, -0.1])
    #expect(Self.floats(arrays["input_scaling.scales.npy"]) == [2, 3])
    #expect(Self.floats(arrays["input_scaling.offsets.npy"]) == [0, 0.5])
    #expect(Self.doubles(arrays["target_scaling.means.npy"]) == [0.1])
    #expect(Self.doubles(arrays["target_scaling.deviations.npy"]) == [7])
    #expect(arrays.count == 12)
  }

  @Test func oneScaleIsANumberForEachInput() throws {
    let model = Self.model(inputs: .signedUnit, classes: ["ü"])
    let arrays = try Self.arrays(model)
    #expect(Self.doubles(arrays["input_scaling.centers.npy"]) == [0, 0])
    #expect(Self.floats(arrays["input_scaling.scales.npy"]) == [2.0 / 255, 2.0 / 255])
    #expect(Self.floats(arrays["input_scaling.offsets.npy"]) == [-1, -1])
    #expect(arrays["target_scaling.means.npy"] == nil)
    guard case .bytes(let notes)? = arrays["lamina.npy"]?.elements else {
      Issue.record("lamina has no bytes")
      return
    }
    #expect(String(decoding: notes, as: UTF8.self) == model.notes)
  }
}
