import Lamina

extension Operation.PartialSums where B == CPUBackend {
  /// Each thread computes some of the sums. Their groups do not depend on the number of threads.
  func tasks() -> TaskGroup {
    let (values, target, measure) = (Elements(vector), Elements(sums), measure)
    let length = (vector.vectors + sums.count - 1) / sums.count * 16
    return TaskGroup(self, "PartialSums") { part in
      for group in part.elements(of: target) {
        let start = min(values.count, group * length)
        let end = min(values.count, start + length)
        target.start[group] = measure.sum(values.start + start, count: end - start)
      }
    }
  }
}

extension Magnitude {
  /// The sum of `count` numbers, in sixteen columns.
  fileprivate func sum(_ values: UnsafeMutablePointer<Float>, count: Int) -> Float {
    var totals = Floats.zero
    let whole = count / 16 * 16
    for index in stride(from: 0, to: whole, by: 16) {
      let x = values.vector(at: index)
      totals += self == .squares ? x * x : x.replacing(with: -x, where: x .< Floats.zero)
    }
    var total = totals.sum()
    for index in whole..<count {
      total += self == .squares ? values[index] * values[index] : values[index].magnitude
    }
    return total
  }
}
