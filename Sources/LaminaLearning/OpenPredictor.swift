import Lamina
import LaminaData
import LaminaDevices

/// A network on an open device. Only one thread at a time may use it.
struct OpenPredictor: @unchecked Sendable {
  private let compute: (Dataset) throws -> [Float]

  init(_ model: Model, _ device: String, _ precision: Precision) throws {
    let options = DeviceOptions(precision: precision, warn: { _ in })
    compute = try Self.computation(
      model, on: try OpenDevice.open([device], options)[0].backend)
  }

  /// The outputs of the network, example by example.
  func outputs(for dataset: Dataset) throws -> [Float] { try compute(dataset) }

  private static func computation(
    _ model: Model, on backend: some Backend
  ) throws -> (Dataset) throws -> [Float] {
    let network = try Network(model.description, values: model.parameters, on: backend)
    let predictor = try Predictor(network)
    return { try predictor.outputs(for: $0) }
  }
}
