extension Model {
  /// Writes the model at `path` for ONNX, atomically: from inputs as the data have them to
  /// probabilities, or numbers in the unit of the data.
  ///
  /// The graph has opset 17, an input `inputs` and an output `outputs`, both with a row per example.
  /// They are 64-bit floats where the model computes its scaling in 64 bits, and else 32-bit floats.
  /// The names of classes, labels or numbers are a JSON list in the metadata under `outputs`.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - isSingle: Whether inputs and outputs are 32-bit floats in any case, which cuts digits of
  ///     large inputs.
  public func writeONNX(to path: String, isSingle: Bool = false) throws(DataError) {
    var model = ONNXModel(self, isSingle: isSingle)
    try Self.write(problems(of: path, as: DataError.export, model.bytes()), to: path)
  }

  /// Writes the model's tensors and scaling at `path` as numpy's arrays, atomically.
  ///
  /// Tensors have the names that PyTorch gives them. `input_scaling.centers`, `.scales` and
  /// `.offsets` have a number per input, `target_scaling.means` and `.deviations` a number per
  /// output where targets are scaled. `lamina` has the rest as JSON in bytes of UTF-8.
  public func writeNPZ(to path: String) throws(DataError) {
    try Self.write(problems(of: path, as: DataError.export, NPZModel(self).bytes()), to: path)
  }

  /// Writes a file about a model at `path`, atomically.
  package static func write(_ bytes: [UInt8], to path: String) throws(DataError) {
    try AtomicFile(path: path).replace { file throws(DataError) in try file.write(bytes) }
  }
}
