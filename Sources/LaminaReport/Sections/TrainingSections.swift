import LaminaText

extension ReportInputs {
  /// The curves of all runs in shared charts, then the results of each run.
  var trainingSections: [Page.Section] {
    guard !logs.isEmpty else { return [] }
    return [Page.Section(title: "Training", figures: [runTable] + curves)] + logs.map(\.section)
  }

  private var runTable: Figure {
    let head = ["run", "network", "data", "device", "test accuracy", "test loss", "training"]
    let rows = logs.map { log in
      [
        log.name, log.start?.network ?? log.start?.kernel.map { "SVM (\($0))" } ?? "–",
        log.start?.data?.name ?? "–", log.start?.place ?? "–",
        Number.exact(log.result?.testAccuracy ?? log.epochs.last?.testAccuracy),
        Number.exact(log.result?.testLoss ?? log.epochs.last?.testLoss),
        log.result?.trainSeconds.map(Format.seconds) ?? "–",
      ]
    }
    return Figure(
      title: "Runs", body: Figure.Table(head: head, rows: rows).node, table: nil, isWide: true)
  }

  private var curves: [Figure] {
    guard logs.contains(where: { !$0.epochs.isEmpty }) else { return [] }
    let figures = [
      curve(
        "Loss", "loss",
        [
          ("training", \.trainLoss), ("validation", \.validationLoss), ("test", \.testLoss),
        ]),
      curve(
        "Accuracy", "accuracy",
        [
          ("training", \.trainAccuracy), ("validation", \.validationAccuracy),
          ("test", \.testAccuracy),
        ]),
      curve("Micro F1", "F1", [("", \.microF1)]), curve("R²", "R²", [("", \.rSquared)]),
      curve("Learning rate", "learning rate", [("", \.learningRate)]),
    ]
    return figures.compactMap(\.self)
  }

  /// A figure with one line per run and value, the first of several values dashed; nil if no run
  /// has any of the values.
  private func curve(
    _ title: String, _ label: String,
    _ values: [(name: String, path: KeyPath<TrainingLog.Epoch, Double?>)]
  ) -> Figure? {
    let series = logs.enumerated().flatMap { number, log in
      values.enumerated().compactMap { index, value -> Series? in
        let points = log.epochs.map { epoch in
          Series.Point(x: Double(epoch.epoch), y: epoch[keyPath: value.path] ?? .nan)
        }
        guard points.contains(where: { $0.y.isFinite }) else { return nil }
        let names = (logs.count > 1 || value.name.isEmpty ? [log.name] : []) + [value.name]
        return Series(
          name: names.filter { !$0.isEmpty }.joined(separator: ", "),
          form: index == 0 && values.count > 1 ? .dashedLine : .line, colour: number, points: points
        )
      }
    }
    guard !series.isEmpty else { return nil }
    let chart = Chart(
      title: title, x: Axis(label: "epoch", isWhole: true), y: Axis(label: label), series: series)
    return Figure(title: title, body: chart.node, table: Figure.Table(of: series, x: "epoch"))
  }
}

extension Figure.Table {
  /// A table with one row per x and one column per series.
  init(of series: [Series], x name: String) {
    let places = Set(series.flatMap { $0.points.map(\.x) }).sorted()
    let columns = series.map { series in
      Dictionary(series.points.map { ($0.x, $0.y) }, uniquingKeysWith: { $1 })
    }
    self.init(
      head: [name] + series.map(\.name),
      rows: places.map { x in [Number.short(x)] + columns.map { Number.exact($0[x]) } })
  }
}

extension TrainingLog {
  /// The results of a run: its confusion matrix and pictures.
  fileprivate var section: Page.Section {
    var figures: [Figure] = []
    if let matrix = result?.confusionMatrix, !matrix.isEmpty,
      matrix.allSatisfy({ $0.count == matrix.count })
    {
      figures.append(confusion(matrix))
    }
    if let bins = result?.reliability, let figure = reliability(bins) { figures.append(figure) }
    if let pictures = result?.pictures {
      figures += pictures.figures(start?.data?.classNames ?? [])
    }
    return Page.Section(title: name, notes: notes, figures: figures)
  }

  private var notes: [String] {
    var notes: [String] = []
    if let start, let network = start.network {
      let parts: [String?] = [
        network, start.activation, start.parameters.map { "\($0) parameters" },
        start.batchSize.map { "batch size \($0)" },
        start.learningRate.map { "learning rate \(Number.short($0))" },
        start.momentum.map { "momentum \(Number.short($0))" }, start.seed.map { "seed \($0)" },
      ]
      notes.append(parts.compactMap(\.self).joined(separator: ", ") + ".")
    }
    if result == nil { notes.append("The log ends before the training does.") }
    if result?.interrupted == true { notes.append("The training was interrupted.") }
    if result?.diverged == true { notes.append("The training diverged: a loss is not finite.") }
    return notes
  }

  private func confusion(_ matrix: [[Int]]) -> Figure {
    let names = classNames(matrix.count)
    let rows = matrix.enumerated().map { row, values in
      [names[row]] + values.map(String.init)
    }
    return Figure(
      title: "Confusion matrix", caption: "Rows: true class; columns: predicted class.",
      body: HeatMap(title: "Confusion matrix of \(name)", counts: matrix, names: names).node,
      table: Figure.Table(head: ["true \\ predicted"] + names, rows: rows))
  }
}
