import Lamina
import LaminaReference
import Support
import Testing

/// The measured error of a network's products, which every command announces.
@Suite struct ProductErrorTests {
  static let network = NetworkDescription.classifier(
    inputs: 50, hidden: [40, 40], activation: .relu, classes: 10, inputScaling: .signedUnit)

  /// Sums of at most 50 terms in fp32 have an error of some 1e-7 of the norms, and never none.
  @Test(arguments: TestBackend.all)
  func fp32HasAnErrorToo(backend: TestBackend) throws {
    let error = try backend.use {
      try ProductError(of: Self.network.trainingProducts(batchSize: 32), on: $0)
    }
    #expect(error.precision == .fp32)
    #expect(error.largest > 1e-9 && error.largest < 5e-7)
    #expect(
      error.sentence
        == "precision fp32: products differ from exact ones by at most \(error.text) of the "
        + "operands' norm")
  }

  /// The reference rounds sums in double precision once, by half of the last place of 24 bits. The
  /// largest sum of these is below its operands' norm.
  @Test func errorOfTheReferenceIsThatOfOneRounding() throws {
    let products = Self.network.trainingProducts(batchSize: 32)
    let error = try ProductError(of: products, on: ReferenceBackend())
    #expect(error.largest > 0 && error.largest < 0x1p-24)
  }

  @Test func eachProductIsMeasuredOnce() {
    let forward = [
      ProductSize(rows: 32, columns: 40, depth: 50), ProductSize(rows: 32, columns: 40, depth: 40),
      ProductSize(rows: 32, columns: 10, depth: 40),
    ]
    #expect(Self.network.forwardProducts(rows: 32) == forward)
    // The inputs of the network need no delta.
    let backward = [
      ProductSize(rows: 50, columns: 40, depth: 32, transposesA: true),
      ProductSize(rows: 32, columns: 40, depth: 40, transposesB: true),
      ProductSize(rows: 40, columns: 40, depth: 32, transposesA: true),
      ProductSize(rows: 32, columns: 40, depth: 10, transposesB: true),
      ProductSize(rows: 40, columns: 10, depth: 32, transposesA: true),
    ]
    #expect(Self.network.trainingProducts(batchSize: 32) == forward + backward)
  }
}
