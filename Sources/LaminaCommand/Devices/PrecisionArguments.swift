import ArgumentParser
import Lamina
import LaminaDevices

/// The precision of matrix products.
struct PrecisionArguments: ParsableArguments {
  @Option(
    """
    The precision of the factors of matrix products: fp32; tf32x3, which tensor cores compute with \
    the error of fp32; tf32 (11 bits) or bf16 (8 bits). Parameters and sums are always fp32.
    """, value: "name") var precision = Precision.fp32
}

extension Precision: OptionValue {}
