/// An axis of a chart.
package struct Axis: Sendable {
  package var label: String
  package var kind: Scale.Kind
  package var includesZero = false
  /// Whether only whole numbers make sense.
  package var isWhole = false
  /// The ticks; nil for round numbers.
  package var ticks: [Double]?

  package init(
    _ label: String, _ kind: Scale.Kind = .linear, includesZero: Bool = false,
    isWhole: Bool = false, ticks: [Double]? = nil
  ) {
    self.label = label
    self.kind = kind
    self.includesZero = includesZero
    self.isWhole = isWhole
    self.ticks = ticks
  }
}

/// A series of points.
package struct Series: Sendable {
  package struct Point: Sendable {
    package var x: Double
    /// NaN leaves a gap.
    package var y: Double
    /// The ends of an interval around `y`.
    package var interval: ClosedRange<Double>?
    /// A label for the point, if the axes do not identify it.
    package var name: String?

    package init(
      x: Double, y: Double, interval: ClosedRange<Double>? = nil, name: String? = nil
    ) {
      self.x = x
      self.y = y
      self.interval = interval
      self.name = name
    }
  }

  package enum Form: Sendable { case line, dashedLine, points }

  package var name: String
  package var form: Form
  /// The index of the colour. Series of the same run or device share one.
  package var colour: Int
  package var points: [Point]

  package init(_ name: String, _ form: Form = .line, colour: Int, _ points: [Point]) {
    self.name = name
    self.form = form
    self.colour = colour
    self.points = points
  }
}

/// A chart of series with two axes.
package struct Chart: Sendable {
  /// A vertical line at a value of x.
  package struct Rule: Sendable {
    package var x: Double
    package var label: String
    package init(x: Double, label: String) {
      self.x = x
      self.label = label
    }
  }

  package var title: String
  package var x: Axis
  package var y: Axis
  package var series: [Series]
  package var rules: [Rule]

  package init(_ title: String, x: Axis, y: Axis, series: [Series], rules: [Rule] = []) {
    self.title = title
    self.x = x
    self.y = y
    self.series = series
    self.rules = rules
  }
}
