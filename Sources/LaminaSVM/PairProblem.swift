import CSVM

/// The problem of one pair of classes for LIBSVM: a precomputed kernel matrix and the class of each
/// row.
final class PairProblem {
  /// The decision function `Σ coefficients[i] · k(x, x_i) + intercept`, positive for the first
  /// class.
  struct Solution {
    let coefficients: [Double]
    let intercept: Double
  }

  /// The size of LIBSVM's cache of kernel rows, as scikit-learn's default.
  private static let cacheMegabytes = 200.0

  private let count: Int
  private let nodes: UnsafeMutablePointer<svm_node>
  private let rows: UnsafeMutablePointer<UnsafeMutablePointer<svm_node>?>
  private let sides: UnsafeMutablePointer<Double>

  /// The memory in bytes for a problem of `count` examples, here and on the device.
  static func byteCount(_ count: Int) -> Double {
    let numbers = Double(count) * Double(count)
    let copies = 3 * Double(MemoryLayout<Float>.stride)
    return numbers * (copies + Double(MemoryLayout<svm_node>.stride)) + cacheMegabytes * 0x1p20
  }

  /// - Parameters:
  ///   - kernel: The kernel matrix, row by row.
  ///   - count: The number of examples.
  ///   - firstCount: The number of examples of the first class, which come first.
  init(kernel: [Float], count: Int, firstCount: Int) throws(SVMError) {
    self.count = count
    // LIBSVM's format has the number of the row before each row and an end mark after it.
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

  /// Solves the problem to a tolerance of 0.001, the default of LIBSVM and scikit-learn, with
  /// shrinking.
  func solve(cost: Double) throws(SVMError) -> Solution {
    // By default, LIBSVM prints its progress to the standard output.
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

/// The library that finds the support vectors.
public enum LIBSVM {
  /// The version of the library, such as `3.24`.
  public static var version: String {
    let number = svm_version()
    return "\(number / 100).\(number % 100)"
  }
}
