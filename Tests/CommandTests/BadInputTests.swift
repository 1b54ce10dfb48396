import Foundation
import Testing

/// Every refusal has exit code 2 and one sentence, prints no output and leaves no file behind.
extension CommandTests {
  @Suite struct BadInputTests {
    private let place: Workplace

    init() throws { place = try Workplace() }

    @Test(arguments: [
      (["--hidden", "128,,64"], "has an empty item between commas"),
      (["--hidden", "0"], "sizes from 1 to 1000000"),
      (["--hidden", "-3"], "sizes from 1 to 1000000"),
      (["--hidden", "16,99999999999999999999"], "sizes from 1 to 1000000"),
      (["--hidden", "1000000,1000000"], "the network 64-1000000-1000000-5 needs "),
      (["--epochs", "0"], "the number of epochs is 0; it must be positive"),
      (["--epochs", "-3"], "the number of epochs is -3; it must be positive"),
      (["--epochs", "x"], "The value 'x' is invalid for '--epochs <epochs>'"),
      (["--steps", "0"], "the number of steps is 0"),
      (["--batch-size", "0"], "the batch size is 0"),
      (["--batch-size", "301"], "it must be at most the 300 examples of the training set"),
      (["--learning-rate", "nan"], "the learning rate is nan"),
      (["--learning-rate", "0"], "the learning rate is 0.0"),
      (["--learning-rate", "inf"], "the learning rate is inf"),
      (["--momentum", "1"], "the momentum is 1.0"),
      (["--momentum", "-0.5"], "the momentum is -0.5"),
      (["--seed", "-1"], "The value '-1' is invalid for '--seed <seed>'"),
      (["--activation", "swish"], "there are: identity, step, logistic"),
      (["--device", "warp drive"], "no device is called 'warp drive'; there are: cpu"),
      (["--device", "opencl:999"], "no device is called 'opencl:999'; there are: cpu"),
      (["--device", ""], "no device is called ''"),
      (["--initial-model", "/no/such/model"], "cannot open /no/such/model"),
      (["--nonsense"], "Unknown option '--nonsense'"),
      (["more"], "more: cannot be read"),
    ])
    func refusesArguments(_ arguments: [String], _ text: String) throws {
      try expectRefusal(
        ["train", "--data", place.data, "--model", place.file("m"), "--log", place.file("l")]
          + arguments,
        text)
      #expect(try place.names == ["data"])
    }

    @Test func refusesPathsThatCannotBeWrittenBeforeTraining() throws {
      let train = ["train", "--data", place.data]
      try expectRefusal(train + ["--model", "/no/such/folder/m"], "/no/such/folder")
      try expectRefusal(train + ["--model", place.path], "not a regular file")
      try expectRefusal(train + ["--model", ""], "give a path that ends in a name")
      try expectRefusal(train + ["--log", "/no/such/folder/l"], "cannot write the log")
      try expectRefusal(train + ["--log", place.path], "cannot write the log")
      let same = place.file("x")
      try expectRefusal(train + ["--model", same, "--log", same], "give them different names")
      #expect(try place.names == ["data"])
    }

    @Test func keepsFilesThatAreThereWhenItRefuses() throws {
      for name in ["m", "l"] {
        try Data("precious".utf8).write(to: URL(fileURLWithPath: place.file(name)))
      }
      try expectRefusal(
        [
          "train", "--data", place.data, "--batch-size", "301", "--model", place.file("m"), "--log",
          place.file("l"),
        ], "at most the 300 examples")
      #expect(try place.text("m") == "precious")
      #expect(try place.text("l") == "precious")
    }

    @Test(arguments: [
      ("train-images-idx3-ubyte", [1, 2, 3, 4, 5], "this is not an IDX file"),
      ("train-images-idx3-ubyte", idx([300, 8, 8], [0]), "truncated"),
      ("train-labels-idx1-ubyte", idx([2], [0, 1, 2]), "too long"),
      ("t10k-labels-idx1-ubyte", idx([3], [0, 1, 2]), "the numbers must be equal"),
      ("t10k-labels-idx1-ubyte", idx([100], [UInt8](repeating: 77, count: 100)), "class \"77\""),
      ("t10k-images-idx3-ubyte", [0x1f, 0x8b, 8, 0], "gzip"),
    ])
    func refusesDataThatAreBroken(_ name: String, _ bytes: [UInt8], _ text: String) throws {
      try place.write(bytes, to: name)
      try expectRefusal(
        ["train", "--data", place.data, "--model", place.file("m"), "--log", place.file("l")], text)
      #expect(try place.names == ["data"])
    }

    @Test func refusesFoldersWithoutData() throws {
      try expectRefusal(["train", "--data", place.file("nothing")], "cannot open")
      try expectRefusal(
        ["train", "--data", place.path], "the IDX files are in the folder \"data\"")
      try expectRefusal(["train", "--data", ""], "invalid")
      try expectRefusal(["train"], "--data is missing")
    }

    @Test func refusesModelsThatDoNotFit() throws {
      let model = place.file("m")
      #expect(
        try Program.run([
          "train", "--data", place.data, "--hidden", "none", "--steps", "1", "--model", model,
        ]).code == 0)
      try place.write(idx([300], (0..<300).map { UInt8($0 % 6) }), to: "train-labels-idx1-ubyte")
      for command in [["evaluate"], ["predict", "--index", "0"]] {
        try expectRefusal(
          command + ["--data", place.data, "--model", model],
          "has the class \"5\", but only these are known: 0, 1, 2, 3, 4")
        try expectRefusal(
          command + ["--data", place.data, "--model", place.file("none")], "cannot open")
        try expectRefusal(
          command + ["--data", place.data, "--model", "\(place.data)/train-labels-idx1-ubyte"],
          "this is an IDX file; a model is a safetensors file written by lamina")
      }
    }

    @Test func refusesUnknownSubcommands() throws {
      try expectRefusal(["fly"], "Unexpected argument 'fly'")
    }
  }
}
