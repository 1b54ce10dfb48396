import Foundation
import Testing

extension CommandTests {
  /// Options that a loaded model determines. They may only repeat the model's values.
  @Suite struct InitialModelTests {
    private let place: Workplace

    init() throws { place = try Workplace() }

    /// A table of two inputs and a number that depends on them, and a model of it.
    private func model(_ options: [String] = []) throws -> (data: String, model: String) {
      let rows = (0..<50).map { "\($0 % 7).5,\($0 % 11),\(Double($0 % 7) * 2 - 0.25)" }
      try (["a,b,y"] + rows).joined(separator: "\n")
        .write(toFile: place.file("t.csv"), atomically: true, encoding: .utf8)
      let (data, model) = (place.file("t.csv"), place.file("m"))
      let result = try Program.run(
        ["train", "--data", data, "--epochs", "2", "--quiet", "--model", model] + options)
      #expect(result.code == 0, "\(result.errors)")
      return (data, model)
    }

    private static let made = [
      "--hidden", "6, residual(6), 4", "--activation", "tanh", "--loss", "huber(0.5)",
      "--reduction", "mean", "--scaling", "min_max",
    ]

    /// Missing options follow the model, and options that agree with it are accepted.
    @Test(arguments: [
      [], ["--hidden", "6, residual(6), 4"], ["--hidden", "6 tanh, residual(6 tanh), 4 tanh"],
      ["--activation", "tanh"], ["--loss", "huber(threshold=0.5)"], ["--reduction", "mean"],
      ["--scaling", "min_max"], ["--target-scaling"], ["--task", "regression"],
      ["--output-activation", "identity"], ["--target-columns", "y"],
      made,
    ])
    func whatSaysTheSameIsRight(_ options: [String]) throws {
      let (data, model) = try model(Self.made)
      let train = ["train", "--data", data, "--initial-model", model, "--epochs", "1", "--quiet"]
      let result = try Program.run(train + ["--log", place.file("l")] + options)
      #expect(result.code == 0, "\(result.errors)")
      let start = try #require(try place.log("l").first)
      #expect(start["network"] as? String == "2-6-residual(6)-4-1")
      #expect(start["loss"] as? String == "huber(0.5)")
      #expect(start["reduction"] as? String == "mean")
    }

    @Test(arguments: [
      (["--hidden", "6,4"], "has 2-6-residual(6)-4-1 (tanh"),
      (["--hidden", "6 relu, residual(6), 4"], "--hidden 6 relu, residual(6), 4 differs"),
      (["--activation", "relu"], "--activation relu differs from the initial model"),
      (["--activation", "relu"], "has hidden layers with tanh"),
      (["--loss", "mse"], "has the loss huber(0.5)"),
      (["--loss", "huber(1)"], "has the loss huber(0.5)"),
      (["--reduction", "sum"], "has the reduction mean"),
      (["--output-activation", "relu"], "has the output activation identity"),
      (["--scaling", "none"], "has inputs scaled by its own training data"),
      (["--scaling", "standard"], "--scaling standard differs"),
      (["--no-target-scaling"], "has targets scaled by its own training data"),
      (["--task", "classification"], "has the task regression"),
      (["--target-columns", "b"], "--target-columns b differs from the initial model"),
      (["--ignored-columns", "a"], "has an input of that name"),
      (["--initialization", "pytorch"], "--initialization pytorch has no effect"),
      (["--initialization", "zeros"], "has the initial parameters; omit --initialization"),
      (["--bias", "0.5"], "--bias 0.5 has no effect with --initial-model"),
    ])
    func whatSaysOtherwiseIsRefused(_ options: [String], _ problem: String) throws {
      let (data, model) = try model(Self.made)
      try expectRefusal(
        ["train", "--data", data, "--initial-model", model, "--log", place.file("l")] + options,
        problem)
      #expect(try !place.names.contains("l"))
      // A configuration can set the options as well as the command line.
      let key = options[0].dropFirst(2)
      let line =
        options.count > 1
        ? "\(key): \"\(options[1])\"" : "\(key.dropFirst("no-".count)): false"
      try "data: \(data)\ninitial-model: \(model)\n\(line)\n"
        .write(toFile: place.file("e.yaml"), atomically: true, encoding: .utf8)
      try expectRefusal(["train", place.file("e.yaml")], problem)
    }

    @Test func scalingIsThatOfTheModel() throws {
      let (data, model) = try model([
        "--scaling", "none", "--no-target-scaling", "--hidden", "none",
      ])
      let train = ["train", "--data", data, "--initial-model", model, "--epochs", "1", "--quiet"]
      #expect(try Program.run(train + ["--scaling", "none", "--no-target-scaling"]).code == 0)
      try expectRefusal(train + ["--scaling", "standard"], "has inputs without scaling")
      try expectRefusal(train + ["--target-scaling"], "has targets without scaling")
      try expectRefusal(train + ["--activation", "relu"], "has no hidden layer with an activation")
      // The same method gives a different scaling for other data.
      try "a,b,y\n1.5,3,4\n2.5,4,6\n7.5,5,9\n4.5,9,8\n1,2,3\n9,8,7.5\n"
        .write(toFile: place.file("u.csv"), atomically: true, encoding: .utf8)
      let other = try self.model(["--scaling", "standard"]).model
      try expectRefusal(
        [
          "train", "--data", place.file("u.csv"), "--initial-model", other, "--scaling", "standard",
        ], "--scaling standard differs from the initial model")
    }

    @Test func targetScalingIsForNumbers() throws {
      try expectRefusal(
        ["train", "--data", place.data, "--target-scaling"],
        "the target scaling has no effect: it is for numbers")
    }

    @Test func thresholdsAreNotForThePerceptron() throws {
      let train = ["train", "--data", "or", "--hidden", "none", "--loss", "perceptron"]
      try expectRefusal(
        train + ["--thresholds", "0.3"], "thresholds have no effect with the loss perceptron")
      let model = place.file("m")
      #expect(try Program.run(train + ["--epochs", "1", "--quiet", "--model", model]).code == 0)
      try expectRefusal(
        ["evaluate", "--data", "or", "--model", model, "--thresholds", "0.3"],
        "thresholds have no effect with the loss perceptron")
    }

    @Test(arguments: [
      (["--kernel", "rbf"], "so --kernel has no effect"), (["--gamma", "0.02"], "so --gamma"),
      (["--cost", "1"], "so --cost"), (["--degree", "3"], "so --degree"),
      (["--coef0", "1"], "so --coef0"),
    ])
    func aLoadedMachineIsAsItIs(_ options: [String], _ problem: String) throws {
      let svm = ["svm", "--data", place.data, "--quiet"]
      let model = place.file("m")
      #expect(try Program.run(svm + ["--gamma", "0.02", "--model", model]).code == 0)
      // Even options that the kernel has are refused.
      let kernel = ["--degree", "--coef0"].contains(options[0]) ? ["--kernel", "polynomial"] : []
      let all = svm + ["--load", model] + options + kernel
      let result = try Program.run(all)
      #expect(result.code == 2 && result.errors.contains("has the kernel rbf, gamma 0.02"))
      if kernel.isEmpty { #expect(result.errors.contains(problem), "\(result.errors)") }
    }

    @Test(arguments: [
      (["--degree", "2"], "--degree has no effect with the kernel rbf; it is for polynomial"),
      (["--coef0", "1"], "--coef0 has no effect with the kernel rbf"),
      (["--kernel", "linear", "--gamma", "auto"], "--gamma has no effect with the kernel linear"),
      (["--kernel", "sigmoid", "--degree", "2"], "--degree has no effect with the kernel sigmoid"),
    ])
    func kernelsHaveTheirOwnNumbers(_ options: [String], _ problem: String) throws {
      try expectRefusal(["svm", "--data", place.data] + options, problem)
    }
  }
}
