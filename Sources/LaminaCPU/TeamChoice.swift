/// Decides by measuring whether a short schedule runs on all threads or on the caller's alone.
///
/// What threads tell each other takes a few microseconds of a step on some machines, a fraction of
/// one on others, and may change while a program runs: on virtual machines by the hour. So now and
/// then some runs are made either way, and the way with the smaller median is kept until the next
/// time. Parts are cut the same, and results are the same bits.
struct TeamChoice {
  /// How a run is to be made.
  struct Run: Equatable {
    let usesTeam: Bool
    /// Whether its time is wanted by ``finished(_:)``.
    let isMeasured: Bool
  }

  /// Runs of a period: some in either way, of which the first are not measured, since threads may
  /// have to be woken; then the many for which that decides.
  static let unmeasured = 8
  static let measured = 15
  static let period = 4000

  private var position = 0
  private var usesTeam = true
  private var seconds = InlineArray<15, Double>(repeating: 0)
  private var medianOfTeam = 0.0

  /// How the next run is to be made.
  mutating func next() -> Run {
    let trial = Self.unmeasured + Self.measured
    defer { position = position + 1 == Self.period ? 0 : position + 1 }
    guard position < 2 * trial else { return Run(usesTeam: usesTeam, isMeasured: false) }
    return Run(usesTeam: position < trial, isMeasured: position % trial >= Self.unmeasured)
  }

  /// Takes the time of a measured run.
  mutating func finished(_ time: Double) {
    let trial = Self.unmeasured + Self.measured
    let place = (position - 1) % trial - Self.unmeasured
    seconds[place] = time
    guard place == Self.measured - 1 else { return }
    if position == trial {
      medianOfTeam = median
    } else {
      usesTeam = medianOfTeam <= median
    }
  }

  /// Of the measured times; nothing is allocated for it.
  private var median: Double {
    var sorted = seconds
    for end in 1..<Self.measured {
      var place = end
      while place > 0, sorted[place - 1] > sorted[place] {
        sorted.swapAt(place - 1, place)
        place -= 1
      }
    }
    return sorted[Self.measured / 2]
  }
}
