import Foundation
import Lamina
import LaminaData
import LaminaSVM
import Testing

struct SVMFileTests {
  private let path = FileManager.default.temporaryDirectory
    .appendingPathComponent("lamina-svm-\(UUID().uuidString)").path

  static let machine = SupportVectorMachine(
    kernel: .polynomial(degree: 3, gamma: 0.1, coef0: 1), inputScaling: .signedUnit, features: 4,
    supportVectors: (0..<20).map(Float.init), labels: [0, 1, 3], supportCounts: [2, 1, 2],
    dualCoefficients: (0..<10).map { Float($0) / 3 }, intercepts: [0.1, -0.2, 0.3],
    classNames: ["a", "b", "c", "d"], imageSize: ImageSize(height: 2, width: 2))

  @Test(arguments: [
    KernelFunction.linear, .polynomial(degree: 3, gamma: 0.1, coef0: 1), .rbf(gamma: 1e-7),
    .sigmoid(gamma: 2, coef0: -1),
  ])
  func readsWhatItWrites(_ kernel: KernelFunction) throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    var machine = Self.machine
    machine.kernel = kernel
    try machine.write(to: path)
    #expect(try SupportVectorMachine(path: path) == machine)
  }

  @Test(arguments: [
    ("", "", "have no \"lamina_svm\""),
    ("\"version\":2", "\"version\":3", "its format has version 3"),
    ("\"degree\":3", "\"degree\":0", "the degree of the kernel is 0"),
    ("\"features\":4", "\"features\":0", "numbers of inputs or of support vectors"),
    ("\"features\":4", "\"features\":\"x\"", "\"features\" is of the wrong type"),
    ("\"features\":4,", "", "\"features\" is missing"),
    ("[0,1,3]", "[0,3,1]", "ascending"),
    ("[0,1,3]", "[0,1,4]", "ascending"),
    ("[2,1,2]", "[2,-1,2]", "numbers of inputs or of support vectors"),
    ("[2,1,2]", "[2,1,2,9223372036854775807]", "numbers of inputs or of support vectors"),
    ("[2,1,2]", "[2,1,3]", "support_vectors has the shape [5, 4], but [6, 4] is needed"),
    ("\"height\":2", "\"height\":3", "3 x 2 pixels"),
  ])
  func refusesDescriptionsThatMakeNoSense(_ old: String, _ new: String, _ reason: String) throws {
    try expectRefusal(reason) { file in
      let notes = file.metadata["lamina_svm"] ?? ""
      #expect(old.isEmpty || notes.contains(old))
      file.metadata["lamina_svm"] = old.isEmpty ? nil : notes.replacing(old, with: new)
    }
  }

  @Test func refusesTensorsThatDoNotFit() throws {
    try expectRefusal("the tensor intercepts is missing") { $0.tensors.removeLast() }
    try expectRefusal("the tensor more does not belong") {
      $0.tensors.append(Safetensors.Tensor(name: "more", shape: [1], values: [1]))
    }
    try expectRefusal("dual_coefficients has the value nan at index 7") {
      $0.tensors[1].values[7] = .nan
    }
  }

  private func expectRefusal(
    _ reason: String, at place: SourceLocation = #_sourceLocation,
    _ change: (inout Safetensors) -> Void
  ) throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Self.machine.write(to: path)
    var file = try Safetensors(path: path)
    change(&file)
    try file.write(to: path)
    #expect(sourceLocation: place) {
      try SupportVectorMachine(path: path)
    } throws: { error in
      guard case SVMError.file(path, let found) = error else { return false }
      return found.contains(reason)
        && "\(error)".hasPrefix("\(path) is not a support vector machine")
    }
  }

  @Test func refusesDataOfAnotherShape() throws {
    func dataset(features: Int, classes: Int, image: ImageSize? = nil) -> Dataset {
      Dataset(
        name: "data", inputs: .floats([Float](repeating: 0, count: features)),
        targets: .classes([0], classNames: (0..<classes).map(String.init)), features: features,
        imageSize: image)
    }
    try Self.machine.check(fits: dataset(features: 4, classes: 4))
    for other in [
      dataset(features: 5, classes: 4), dataset(features: 4, classes: 3),
      dataset(features: 4, classes: 4, image: ImageSize(height: 4, width: 1)),
    ] {
      #expect(throws: SVMError.self) { try Self.machine.check(fits: other) }
    }
  }
}
