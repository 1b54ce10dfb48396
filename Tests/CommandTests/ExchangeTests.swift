import Foundation
import Testing

extension CommandTests {
  /// Models for and from other programs.
  @Suite struct ExchangeTests {
    private let place: Workplace
    private let model: String

    init() throws {
      place = try Workplace()
      model = place.file("m.safetensors")
    }

    private func train(_ options: String...) throws -> Program.Result {
      try Program.run(
        ["train", "--data", place.data, "--epochs", "1", "--hidden", "6 relu"] + options)
    }

    @Test func exportWritesWhatItIsAskedFor() throws {
      #expect(try train("--quiet", "--model", model).code == 0)
      let (onnx, npz) = (place.file("m.onnx"), place.file("m.npz"))
      let result = try Program.run(["export", "--model", model, "--onnx", onnx, "--npz", npz])
      #expect(result.code == 0, "\(result.errors)")
      #expect(
        result.output
          == "64-6-5 (relu) for ONNX: \(onnx)\n64-6-5 (relu) as arrays: \(npz)\n")
      #expect(try place.names == ["data", "m.npz", "m.onnx", "m.safetensors"])
      let again = try Program.run(["export", "--model", model, "--onnx", onnx, "--float32"])
      #expect(again.code == 0)
      try expectRefusal(["export", "--model", model], "nothing is to be written; give --onnx")
      try expectRefusal(
        ["export", "--model", model, "--npz", npz, "--float32"], "--float32 has no effect without")
      try expectRefusal(
        ["export", "--model", model, "--onnx", model], "which is an input (--model)")
      try expectRefusal(
        ["export", "--model", model, "--onnx", onnx, "--npz", onnx], "--onnx and --npz both write")
      try expectRefusal(
        ["export", "--model", model, "--onnx", place.file("none/m.onnx")], "none")
    }

    @Test func aCardStandsBesideTheModel() throws {
      let result = try train(
        "--model", model, "--card", "--validation-share", "0.2", "--log", place.file("l"))
      #expect(result.code == 0, "\(result.errors)")
      #expect(result.output.contains("card           \(place.file("m.md"))\n"))
      #expect(try place.log("l").first?["card"] as? String == place.file("m.md"))
      let card = try place.text("m.md")
      for part in [
        "# m.safetensors\n", "| Examples | 240 to train, 60 to validate, 100 to test |",
        "| Pictures | 8 x 8 |", "| Classes | 5: 0, 1, 2, 3, 4 |",
        "| Number and CRC-32 of the rows, before parts are split off | 300-",
        "| Accuracy, test part | 0.",
        "| Accuracy, validation part | 0.", "hidden: 6 relu\n", "validation-share: 0.2\n",
        "Dense(64, 6, nn.ReLU()),\n    Dense(6, 5, nn.Identity()),\n",
      ] {
        #expect(card.contains(part), "\(part)\n\(card)")
      }
    }

    /// The settings are a configuration that repeats the training.
    @Test func theSettingsOfACardAreAConfiguration() throws {
      #expect(
        try train("--quiet", "--model", model, "--card", "--scaling", "signed_unit").code == 0)
      let card = try place.text("m.md")
      let settings = card.components(separatedBy: "```")[1].dropFirst("yaml\n".count)
      let file = try place.write(String(settings), "e.yaml")
      let first = try Data(contentsOf: URL(fileURLWithPath: model))
      #expect(try Program.run(["train", file]).code == 0)
      #expect(try Data(contentsOf: URL(fileURLWithPath: model)) == first)
      #expect(try place.text("m.md") == card)
      try FileManager.default.removeItem(atPath: place.file("m.md"))
      #expect(try Program.run(["train", file, "--no-card"]).code == 0)
      #expect(try !place.names.contains("m.md"))
    }

    @Test func aCardNeedsAModelAndAPlaceOfItsOwn() throws {
      let train = ["train", "--data", place.data, "--card"]
      try expectRefusal(train, "--card writes a page beside the model; give --model")
      try expectRefusal(
        train + ["--model", model, "--log", place.file("m.md")], "--card and --log both write")
    }

    /// Tensors without a description start a training of the network that options describe.
    @Test(arguments: Program.devices) func tensorsAreAnInitialModel(device: String) throws {
      let devices = try Program.run(["devices"]).lines
      guard devices.contains(where: { $0.hasPrefix(device) }) else { return }
      #expect(try train("--quiet", "--model", model).code == 0)
      let foreign = place.file("f.safetensors")
      try withoutMetadata(model, names: ["layers.0": "fc1", "layers.1": "fc2"]).write(
        to: URL(fileURLWithPath: foreign))
      let options = [
        "train", "--data", place.data, "--epochs", "1", "--quiet", "--initial-model", foreign,
        "--device", device,
      ]
      try expectRefusal(options, "the metadata have no description of a network")
      try expectRefusal(options + ["--hidden", "6"], "--activation is missing")
      try expectRefusal(
        options + ["--hidden", "7 relu"], "no layer of the file has the shapes of layers.0")
      try expectRefusal(
        options + ["--hidden", "6 relu", "--bias", "0"], "--bias 0 has no effect")
      try expectRefusal(
        options + ["--hidden", "6 relu", "--weight-names", "fc1"], "1 names are given")
      let log = ["--hidden", "6 relu", "--log", place.file("l")]
      let result = try Program.run(options + log)
      #expect(result.code == 0, "\(result.errors)")
      #expect(result.errors.contains("layers.0 is fc1, layers.1 is fc2"), "\(result.errors)")
      #expect(result.errors.contains("does not tell the scaling of its inputs"))
      let loss = try place.log("l").first { $0["event"] as? String == "epoch" }?["train_loss"]
      // The same training from the model itself.
      let model = try Program.run(
        options.map { $0 == foreign ? self.model : $0 } + ["--log", place.file("k")])
      #expect(model.code == 0)
      let wanted = try place.log("k").first { $0["event"] as? String == "epoch" }?["train_loss"]
      #expect(loss as? Double == wanted as? Double && loss != nil)
      let named = try Program.run(
        options + ["--hidden", "6 relu", "--weight-names", "fc1,fc2", "--scaling", "signed_unit"])
      #expect(named.code == 0 && named.errors.isEmpty, "\(named.errors)")
    }

    @Test func namesOfLayersNeedAFile() throws {
      try expectRefusal(
        ["train", "--data", place.data, "--weight-names", "fc1"],
        "--weight-names fc1 has no effect without --initial-model")
    }

    /// A file with the tensors of another one under other names, without metadata.
    private func withoutMetadata(_ path: String, names: [String: String]) throws -> Data {
      let file = try Data(contentsOf: URL(fileURLWithPath: path))
      let length = file.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
      let object = try JSONSerialization.jsonObject(with: file[8..<8 + length])
      var header = try #require(object as? [String: Any])
      header["__metadata__"] = nil
      var text = String(
        decoding: try JSONSerialization.data(withJSONObject: header), as: UTF8.self)
      for (old, new) in names { text = text.replacing("\"\(old).", with: "\"\(new).") }
      let bytes = Array(text.utf8)
      let size = (0..<8).map { UInt8(truncatingIfNeeded: bytes.count >> (8 * $0)) }
      return Data(size + bytes) + file[(8 + length)...]
    }
  }
}
