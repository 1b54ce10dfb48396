/// The streams of random numbers of a seed, one for each purpose, so that no purpose affects the
/// numbers of another.
enum RandomStream {
  /// The first parameters of one layer.
  case initialization(layer: Int, isBias: Bool)
  /// The first numbers of the table of an embedded column.
  case table(column: Int)
  /// The order of the examples in one epoch, counted from 1.
  case shuffling(epoch: Int)
  /// The split of a data set into parts.
  case splitting
  /// The masks of one dropout layer, in all steps.
  case dropout(layer: Int)
  /// The factors of products whose error is measured.
  case productErrors
  /// The orders of the rows of a group of inputs, for its importance.
  case permutation(group: Int)
  /// The order of the examples before they are divided into folds.
  case folds(division: Int)

  /// The generator of this stream for `seed`.
  func generator(_ seed: UInt64) -> PhiloxGenerator {
    Philox(seed: seed, stream: number).generator()
  }

  /// The upper half is the purpose, and the lower half the index within the purpose.
  var number: UInt64 {
    switch self {
    case .initialization(let layer, let isBias): 1 << 32 | UInt64(layer) << 1 | (isBias ? 1 : 0)
    case .table(let column): 12 << 32 | UInt64(column)
    case .shuffling(let epoch): 2 << 32 | UInt64(epoch)
    case .splitting: 8 << 32
    case .dropout(let layer): 3 << 32 | UInt64(layer)
    case .productErrors: 9 << 32
    case .permutation(let group): 10 << 32 | UInt64(group)
    case .folds(let division): 11 << 32 | UInt64(division)
    }
  }
}
