import Lamina

extension Operation.Addition where B == CPUBackend {
  /// Each thread adds its rows.
  func tasks() -> TaskGroup {
    let (left, right, sum) = (Rows(a), Rows(b), Rows(c))
    let hasPadding = left.hasPadding && right.hasPadding && sum.hasPadding
    return TaskGroup(self, "Add") { part in
      for row in part.rows(of: sum.rows) {
        sum[row].assign(left[row], right[row], count: sum.columns, hasPadding: hasPadding) {
          $0 + $1
        }
      }
    }
  }
}
