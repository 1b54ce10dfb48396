import Foundation
import Lamina
import Testing

/// Scaling against scikit-learn 1.7's `StandardScaler` and `MinMaxScaler`.
struct ScalingTests {
  /// The second column never varies.
  private static let train = Dataset(
    name: "test",
    inputs: .floats([1, 7, -3.5, 1000, 2, 7, 0.25, 1001, 4, 7, 8, 1003, 9, 7, 1, 1002]),
    targets: .values([1, 50, 2, 50, 3, 50, 6, 50], names: ["y", "constant"]), features: 4)
  private static let standard: [Float] = [
    -0.9733285267845753, 0, -1.1884066970038472, -1.3416407864998738, -0.6488856845230502, 0,
    -0.2858193321907987, -0.4472135954999579, 0, 0, 1.5795278884228348, 1.3416407864998738,
    1.6222142113076254, 0, -0.10530185922818898, 0.4472135954999579,
  ]
  private static let minMax: [Float] = [
    0, 0, 0, 0, 0.125, 0, 0.32608695652173914, 0.3333333333333144, 0.375, 0, 1, 1, 1, 0,
    0.391304347826087, 0.6666666666666856,
  ]

  @Test func equalsScikitLearn() {
    for (method, expected) in [
      (InputScaling.Method.standard, Self.standard), (.minMax, Self.minMax),
    ] {
      let scaling = method.scaling(fitting: Self.train)
      let scaled = Self.train.scaledInputs(by: scaling)
      for (actual, wanted) in zip(scaled, expected) {
        // Floats around 1 are 1.2e-7 apart; three roundings.
        #expect(abs(actual - wanted) < 4e-7, "\(actual) for \(wanted)")
      }
      // A feature that never varied stays 0 where it varies later.
      #expect(scaling.scale(of: 1) == 0 && scaling.center(of: 1) == 7)
    }
    #expect(InputScaling.Method.none.scaling(fitting: Self.train) == .identity)
  }

  @Test func bytesAreScaledToo() {
    let images = Dataset(
      name: "test", inputs: .bytes([0, 9, 255, 9]), targets: .inputs, features: 2)
    #expect(images.scaledInputs(by: .signedUnit)[0] == -1)
    #expect(images.scaledInputs(by: .unit)[2] == 1)
    let scaling = InputScaling.minMax(fitting: images)
    #expect(images.scaledInputs(by: scaling) == [0, 0, 1, 0])
  }

  /// Seconds of our days, of which 32-bit floats tell only those 128 apart from each other.
  @Test func numbersFarFromZeroKeepTheirDifferences() {
    let times: [Double] = [1_700_000_000, 1_700_000_001, 1_700_000_002.5, 1_700_000_004.5]
    let train = Dataset(
      name: "test", inputs: .doubles(times), targets: .values(times, names: ["y"]), features: 1)
    let mean = 1_700_000_002.0
    let deviation = (times.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 4).squareRoot()
    let expected = times.map { Float(($0 - mean) / deviation) }
    for (actual, wanted) in zip(train.scaledInputs(by: .standard(fitting: train)), expected) {
      #expect(abs(actual - wanted) < 4e-7, "\(actual) for \(wanted)")
    }
    let scaling = TargetScaling(fitting: train)
    for (actual, wanted) in zip(scaling?.scaled(times) ?? [], expected) {
      #expect(abs(actual - wanted) < 4e-7, "\(actual) for \(wanted)")
    }
    // What a network gives back is as exact as its outputs are.
    #expect(scaling?.restored([0.5]) == [mean + 0.5 * deviation])
    #expect(throws: Never.self) {
      try train.checkPrecision(under: .standard(fitting: train))
      try train.checkPrecision(under: .minMax(fitting: train))
    }
    #expect(throws: NetworkError.self) { try train.checkPrecision(under: .identity) }
  }

  @Test func numbersTooSmallForFloatsAreRefused() {
    func check(_ size: Double) throws {
      let train = Dataset(
        name: "test", inputs: .doubles([1, 2, 4, 3].map { $0 * size }), targets: .inputs,
        features: 1)
      try train.checkPrecision(under: .standard(fitting: train))
    }
    #expect(throws: Never.self) { try check(1e-25) }
    let error = #expect(throws: NetworkError.self) { try check(1e-38) }
    #expect(error?.description.contains("too small for 32-bit floats; multiply it") == true)
  }

  /// What is rounded by far less than it varies is no reason to refuse it.
  @Test func usualNumbersPassWithoutScaling() {
    let train = Dataset(
      name: "test", inputs: .doubles([293.15, 0.1, 293.25, 0.1, 301.4, 0.1]), targets: .inputs,
      features: 2)
    #expect(throws: Never.self) { try train.checkPrecision(under: .identity) }
  }

  /// Extents whose inverse is no float, and numbers as large as floats go.
  @Test func extremeColumnsStayFinite() {
    let least = Float.leastNonzeroMagnitude
    let inputs: [Float] = [least, 3e38, -3e38, 3 * least, 3.1e38, 3e38]
    let train = Dataset(name: "test", inputs: .floats(inputs), targets: .inputs, features: 3)
    for method in [InputScaling.Method.standard, .minMax] {
      let scaling = method.scaling(fitting: train)
      #expect(throws: Never.self) { try scaling.validate(features: 3) }
      #expect(train.scaledInputs(by: scaling).allSatisfy { $0.isFinite })
    }
  }

  @Test func targetsComeBack() throws {
    let scaling = try #require(TargetScaling(fitting: Self.train))
    #expect(scaling.means == [3, 50])
    // The deviation of 1, 2, 3, 6 is the root of 3.5.
    #expect(abs(scaling.deviations[0] - 1.8708287) < 1e-6 && scaling.deviations[1] == 1)
    guard case .values(let values, _) = Self.train.targets else { return }
    let scaled = scaling.scaled(values)
    #expect(abs(scaled[0] + 1.0690450) < 1e-6 && scaled[1] == 0)
    for (back, value) in zip(scaling.restored(scaled), values) {
      #expect(abs(back - value) < 1e-6)
    }
    #expect(TargetScaling(fitting: Self.train.with(targets: .inputs)) == nil)
  }

  @Test func bothFormsAreCoded() throws {
    for (scaling, text) in [
      (InputScaling.uniform(scale: 2, offset: -1), "{\"offset\":-1,\"scale\":2}"),
      (
        .perFeature(scales: [2, 3], offsets: [0, 0.5]),
        "{\"offsets\":[0,0.5],\"scales\":[2,3]}"
      ),
      (
        .perFeature(centers: [1_700_000_000.5, 0], scales: [2, 3], offsets: [0, 0.5]),
        "{\"centers\":[1700000000.5,0],\"offsets\":[0,0.5],\"scales\":[2,3]}"
      ),
    ] {
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      #expect(String(decoding: try encoder.encode(scaling), as: UTF8.self) == text)
      #expect(try JSONDecoder().decode(InputScaling.self, from: Data(text.utf8)) == scaling)
    }
  }

  @Test func networksRefuseScalingsThatDoNotFit() {
    func problem(_ input: InputScaling, _ target: TargetScaling?) -> String {
      let network = NetworkDescription(
        inputs: 2, layers: [.dense(outputs: 1, activation: .identity)], loss: .quadratic,
        inputScaling: input, targetScaling: target)
      do {
        try network.validate()
        return ""
      } catch {
        return "\(error)"
      }
    }
    #expect(problem(.perFeature(scales: [1, 1], offsets: [0, 0]), nil).isEmpty)
    #expect(
      problem(.perFeature(scales: [1], offsets: [0, 0]), nil).contains("1 scales, 2 offsets"))
    #expect(problem(.uniform(scale: .infinity, offset: 0), nil).contains("must be finite"))
    #expect(problem(.identity, TargetScaling(means: [1], deviations: [2])).isEmpty)
    #expect(problem(.identity, TargetScaling(means: [1, 1], deviations: [2])).contains("2 means"))
    #expect(problem(.identity, TargetScaling(means: [1], deviations: [0])).contains("positive"))
    #expect(problem(.identity, TargetScaling(means: [.nan], deviations: [1])).contains("finite"))
  }
}
