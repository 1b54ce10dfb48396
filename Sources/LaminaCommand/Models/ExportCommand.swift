import ArgumentParser
import LaminaData

/// `lamina export`
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Writes a model for other programs.",
    discussion: """
      The file of ONNX goes from inputs as the data have them to what lamina predict writes: \
      probabilities, or numbers in the unit of the data. docs/predict.md has an example.
      """)

  @Option("The model to export (safetensors).", value: "file") var model: String

  @Option("Write the model for ONNX here (opset 17).", value: "file") var onnx: String?

  @Option("Write the tensors and the scaling as numpy's arrays here (NPZ).", value: "file")
  var npz: String?

  @Flag(
    help: """
      Give the file of ONNX inputs and outputs of 32-bit floats where it would have 64-bit floats, \
      which cuts digits of large numbers.
      """) var float32 = false

  func run() throws {
    guard onnx != nil || npz != nil else {
      throw InputError("nothing is to be written; give --onnx m.onnx, --npz m.npz, or both")
    }
    if float32, onnx == nil {
      throw InputError("--float32 has no effect without --onnx; omit it")
    }
    var files = FileUse()
    files.reads(model, as: "--model")
    files.writes(onnx, as: "--onnx")
    files.writes(npz, as: "--npz")
    try files.check()
    for path in [onnx, npz].compactMap(\.self) { try Safetensors.checkWritable(path) }
    let content = try Model(path: model)
    for notice in content.notices { Notice.warn(notice) }
    if let onnx {
      try writing { () throws(DataError) in
        try content.writeONNX(to: onnx, isSingle: float32)
      }
      Terminal.standardOutput.write("\(content.description.text) for ONNX: \(onnx)\n")
    }
    if let npz {
      try writing { () throws(DataError) in try content.writeNPZ(to: npz) }
      Terminal.standardOutput.write("\(content.description.text) as arrays: \(npz)\n")
    }
  }

  /// A failure to write is one of the machine, not of the input.
  private func writing(_ write: () throws(DataError) -> Void) throws(RunError) {
    do throws(DataError) { try write() } catch { throw RunError(error.description) }
  }
}
