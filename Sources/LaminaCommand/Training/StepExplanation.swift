import Lamina
import LaminaDevices
import LaminaText

/// `lamina train --explain`: the operations of a training step, and how backends run them.
struct StepExplanation {
  private let plan: TrainingPlan

  init(_ plan: TrainingPlan) { self.plan = plan }

  /// The list of operations, then a table for each device.
  func text(on devices: [OpenDevice]) throws(BackendError) -> String {
    var text = ""
    for device in devices {
      let explanation = try explanation(on: device.backend)
      if text.isEmpty { text = header(explanation) + Self.list(explanation) }
      text += Self.stages(explanation, on: device.description)
    }
    return text
  }

  private func explanation<B: Backend>(on backend: B) throws(BackendError) -> ListExplanation {
    let setup = plan.setup
    let network = try Network(setup.network, values: setup.initial, on: backend)
    return try Trainer(network, dataset: setup.data.train, options: setup.options).explanation
  }

  private func header(_ explanation: ListExplanation) -> String {
    let (options, count) = (plan.options, plan.data.train.count)
    let parts = options.accumulation
    let part = parts > 1 ? ", the last of \(parts) parts of it" : ""
    return """
      A step of \(plan.network.text) with \(options.rule.optimizer.name), batch size \
      \(options.batchSize(of: count))\(part): \(explanation.lines.count) operations


      """
  }

  /// One line per operation: its formula, and the operands that it reads and changes.
  private static func list(_ explanation: ListExplanation) -> String {
    let rows = explanation.lines.enumerated().map { place, line in
      [
        "\(place + 1)", line.name, line.details,
        line.reads.joined(separator: ", ") + " -> " + line.writes.joined(separator: ", "),
      ]
    }
    return Format.table([["", "operation", "computes", "reads -> changes"]] + rows, numeric: [0])
  }

  /// One line per stage: its operations, how they are computed, and their cost.
  private static func stages(
    _ explanation: ListExplanation, on device: DeviceDescription
  ) -> String {
    // Only devices with a queue have launches.
    let hasQueue = explanation.launchCount > 0
    let header = ["phase", "MFLOP", "kB"] + (hasQueue ? ["launches"] : [])
    let rows = explanation.stages.map { stage in
      [
        "\(stage.phase + 1)", Format.threeDigits(Double(stage.floatingPointOperations) / 1e6),
        Format.threeDigits(Double(stage.bytes) / 1e3),
      ] + (hasQueue ? ["\(stage.launches)"] : []) + [
        places(stage.operations), stage.rule ?? "-", stage.method,
      ]
    }
    let launches = hasQueue ? ", " + counted(explanation.launchCount, "launch", "launches") : ""
    return "\n\(device.selector), \(device.name): "
      + counted(explanation.stages.count, "stage", "stages") + ", "
      + counted(explanation.phaseCount, "phase", "phases") + launches + "\n"
      + Format.table(
        [header + ["operations", "fused by", "computed by"]] + rows, numeric: Set(0..<header.count))
      + explanation.remarks.map { $0 + "\n" }.joined()
  }

  private static func counted(_ count: Int, _ one: String, _ many: String) -> String {
    "\(count) \(count == 1 ? one : many)"
  }

  /// The places as ranges counted from 1, such as `1-3, 7`.
  private static func places(_ places: [Int]) -> String {
    var ranges: [ClosedRange<Int>] = []
    for place in Set(places).sorted() {
      if let last = ranges.last, last.upperBound == place - 1 {
        ranges[ranges.count - 1] = last.lowerBound...place
      } else {
        ranges.append(place...place)
      }
    }
    return ranges.map { range in
      let (first, last) = (range.lowerBound + 1, range.upperBound + 1)
      return first == last ? "\(first)" : "\(first)-\(last)"
    }.joined(separator: ", ")
  }
}
