import Lamina
import Testing

@Suite struct KernelFunctionTests {
  @Test(arguments: [
    (KernelFunction.polynomial(degree: 0, gamma: 1, coef0: 0), "the degree of the kernel is 0"),
    (.polynomial(degree: 3, gamma: 0, coef0: 0), "gamma of the kernel is 0.0"),
    (.rbf(gamma: .nan), "gamma of the kernel is nan"),
    (.rbf(gamma: -1), "gamma of the kernel is -1.0"),
    (.sigmoid(gamma: 1, coef0: .infinity), "coef0 of the kernel is inf"),
  ])
  func refusesKernelsThatMakeNoSense(_ function: KernelFunction, _ text: String) {
    #expect {
      try function.validate()
    } throws: {
      "\($0)".hasPrefix(text)
    }
  }
}
