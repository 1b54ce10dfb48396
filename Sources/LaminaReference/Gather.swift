import Lamina

extension Operation<ReferenceBackend>.Gather {
  func compute(_ arguments: StepArguments) {
    for row in 0..<batch.count {
      let example = batch.indices[arguments.firstIndex + row]
      for column in 0..<examples.columns {
        let stored = examples[example, column]
        output[row, column] =
          switch scaling {
          case .uniform(let scale, let offset): Double(scale) * stored + Double(offset)
          case .perFeature(let scales, let offsets): scales[column] * stored + offsets[column]
          }
      }
    }
  }
}
