/// An axis of a chart.
package struct Axis: Sendable {
  package var label: String
  package var kind: Scale.Kind = .linear
  package var includesZero = false
  /// Whether only whole numbers make sense.
  package var isWhole = false
  /// The ticks; nil for round numbers.
  package var ticks: [Double]?
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
  }

  package enum Form: Sendable { case line, dashedLine, points }

  package var name: String
  package var form: Form = .line
  /// The index of the colour. Series of the same run or device share one.
  package var colour: Int
  package var points: [Point]
}

/// A chart of series with two axes.
package struct Chart: Sendable {
  /// A vertical line at a value of x.
  package struct Rule: Sendable {
    package var x: Double
    package var label: String
  }

  package var title: String
  package var x, y: Axis
  package var series: [Series]
  package var rules: [Rule] = []
}
