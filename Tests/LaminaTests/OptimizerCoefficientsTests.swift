import Lamina
import Testing

@Suite("Coefficients of optimisers")
struct OptimizerCoefficientsTests {
  @Test("are the numbers of the literal, in order")
  func numbers() {
    let coefficients: OptimizerCoefficients = [0.5, -2, 3]
    #expect(Array(coefficients) == [0.5, -2, 3])
    #expect(coefficients != [0.5, -2, 3, 0])
    #expect(Array([] as OptimizerCoefficients) == [])
    let most: OptimizerCoefficients = [1, 2, 3, 4, 5, 6, 7, 8]
    #expect(Array(most) == [1, 2, 3, 4, 5, 6, 7, 8])
    #expect(most.count == OptimizerCoefficients.most)
  }

  @Test("have the bytes that a kernel's structure has")
  func bytes() {
    let coefficients: OptimizerCoefficients = [0.5, -2, 3]
    let bytes = coefficients.withUnsafeBytes { Array($0) }
    let expected = [0.5, -2, 3].flatMap { (number: Float) in
      withUnsafeBytes(of: number) { Array($0) }
    }
    #expect(bytes == expected)
  }
}
