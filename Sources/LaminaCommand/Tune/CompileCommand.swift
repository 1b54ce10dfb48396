import ArgumentParser
import Lamina

#if OpenCL
  import LaminaOpenCL

  /// `lamina compile`: compiles one candidate for `lamina tune`.
  ///
  /// It is a separate process because some candidates compile for minutes, and only a process can
  /// be killed. The driver's cache keeps the result.
  struct CompileCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "compile", abstract: "Compiles one method for a matrix product.",
      shouldDisplay: false)

    @Option var device: String
    @Option var product: String
    @Option var method: String

    func run() throws {
      guard let product = ProductShape(product) else {
        throw InputError("'\(product)' is not a product, such as activation 64x128x784")
      }
      let device = try OpenCLDevice.select(device)
      try MatmulTuner(device, options: .userDefaults()).compile(product, method: method)
    }
  }
#endif
