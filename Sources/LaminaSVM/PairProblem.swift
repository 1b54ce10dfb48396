import CSVM

/// Two classes to be told apart, as LIBSVM takes them: a kernel matrix and who belongs to whom.
final class PairProblem {
  /// The decision `Σ coefficients[i] · k(x, x_i) + intercept`, above zero for the first class.
  struct Solution {
    let coefficients: [Double]
    let intercept: Double
  }

  /// Bytes that LIBSVM keeps of the problem's rows, as scikit-learn's default.
  private static let cacheMegabytes = 200.0

  private let count: Int
  private let nodes: UnsafeMutablePointer<svm_node>
  private let rows: UnsafeMutablePointer<UnsafeMutablePointer<svm_node>?>
  private let sides: UnsafeMutablePointer<Double>

  /// Bytes that a problem of `count` examples takes, here and on the device.
  static func byteCount(_ count: Int) -> Double {
    let numbers = Double(count) * Double(count)
    let copies = 3 * Double(MemoryLayout<Float>.stride)
    return numbers * (copies + Double(MemoryLayout<svm_node>.stride)) + cacheMegabytes * 0x1p20
  }

  /// - Parameters:
  ///   - kernel: The kernel matrix, row by row.
  ///   - firstCount: How many of the examples are of the first class; they come first.
  init(kernel: [Float], count: Int, firstCount: Int) throws(SVMError) {
    self.count = count
    // A number before each row names it, and one after it ends it.
    let stride = count + 2
    nodes = .allocate(capacity: count * stride)
    rows = .allocate(capacity: count)
    sides = .allocate(capacity: count)
    for row in 0..<count {
      let start = nodes + row * stride
      start.initialize(to: svm_node(index: 0, value: Double(row + 1)))
      for column in 0..<count {
        let value = kernel[row * count + column]
        guard value.isFinite else { throw .kernelValue("\(value)") }
        (start + column + 1).initialize(
          to: svm_node(index: Int32(column + 1), value: Double(value)))
      }
      (start + count + 1).initialize(to: svm_node(index: -1, value: 0))
      (rows + row).initialize(to: start)
      (sides + row).initialize(to: row < firstCount ? 1 : -1)
    }
  }

  deinit {
    nodes.deallocate()
    rows.deallocate()
    sides.deallocate()
  }

  /// Solves the problem to LIBSVM's and scikit-learn's tolerance of 0.001, with shrinking.
  func solve(cost: Double) throws(SVMError) -> Solution {
    // LIBSVM tells of its progress on the standard output unless told otherwise.
    svm_set_print_string_function { _ in }
    var problem = svm_problem(l: Int32(count), y: sides, x: rows)
    var parameters = svm_parameter()
    parameters.svm_type = Int32(C_SVC)
    parameters.kernel_type = Int32(PRECOMPUTED)
    parameters.cache_size = Self.cacheMegabytes
    parameters.eps = 1e-3
    parameters.C = cost
    parameters.shrinking = 1
    if let reason = svm_check_parameter(&problem, &parameters) {
      throw .solver(reason: String(cString: reason))
    }
    var model = svm_train(&problem, &parameters)
    defer { svm_free_and_destroy_model(&model) }
    guard let model = model?.pointee, let values = model.sv_coef[0] else {
      throw .solver(reason: "it found no solution")
    }
    var coefficients = [Double](repeating: 0, count: count)
    for support in 0..<Int(model.l) {
      coefficients[Int(model.sv_indices[support]) - 1] = values[support]
    }
    return Solution(coefficients: coefficients, intercept: -model.rho[0])
  }
}

/// The library that solves the problems.
public enum LIBSVM {
  /// Its version, such as `3.24`.
  public static var version: String {
    let number = svm_version()
    return "\(number / 100).\(number % 100)"
  }
}
