import LaminaBenchmark

/// The program `lamina-benchmark`, which `lamina` is too where it is called by that name.
@main
enum BenchmarkProgram {
  static func main() { BenchmarkCommand.main() }
}
