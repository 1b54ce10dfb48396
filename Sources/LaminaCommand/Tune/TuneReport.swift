import LaminaText

#if OpenCL
  import Lamina
  import LaminaOpenCL

  /// The output of `lamina tune`.
  struct TuneReport {
    let device: DeviceDescription
    let results: [MatmulTuner.Result]
    let plan: MatmulPlan
    /// The error of products by the plan; nil if it was not measured.
    let error: ProductError?
    /// Whether training needs no plan.
    let hasStepKernel: Bool

    var text: String {
      guard !results.isEmpty else { return "" }
      return "\(device.name) (\(device.platform), driver \(device.driver))\n\n" + table + refused
        + untried + stepKernel + "\nplan  \(plan.file), \(plan.entries.count) products\n"
        + (error.map { $0.sentence + "\n" } ?? "")
    }

    private var stepKernel: String {
      hasStepKernel
        ? "\nA training step of this network is one kernel and needs no plan. Evaluation uses the "
          + "plan.\n" : ""
    }

    private var table: String {
      let head = [
        "product", "microseconds", "GFLOP/s", "default", "ratio", "tried", "method",
        "without a plan",
      ]
      let rows = results.map { result in
        let entry = result.entry
        return [
          "\(entry.product)", Format.decimal(entry.microseconds, places: 1),
          Format.decimal(entry.product.operations / entry.microseconds / 1e3, places: 1),
          Format.decimal(entry.defaultMicroseconds, places: 1),
          Format.decimal(entry.defaultMicroseconds / entry.microseconds, places: 2),
          "\(result.measured)", entry.method, result.defaultMethod,
        ]
      }
      return Format.table([head] + rows, numeric: [1, 2, 3, 4, 5])
    }

    /// Each refused method with its reason, once.
    private var refused: String {
      var lines: [String] = []
      for result in results {
        for (method, reason) in result.refused {
          let line = "not used: \(method): \(reason)\n"
          if !lines.contains(line) { lines.append(line) }
        }
      }
      return lines.isEmpty ? "" : "\n" + lines.joined()
    }

    private var untried: String {
      let count = results.reduce(0) { $0 + $1.untried }
      return count == 0
        ? "" : "\n\(count) candidates were not tried for lack of time; --time gives more\n"
    }
  }
#endif
