import Lamina

extension Operation<ReferenceBackend>.BiasActivation {
  func compute() {
    for row in 0..<output.rows {
      for column in 0..<output.columns {
        output[row, column] = activation.value(input[row, column] + (bias?[column] ?? 0))
      }
    }
  }
}

extension Operation<ReferenceBackend>.ActivationDelta {
  func compute() {
    for row in 0..<delta.rows {
      for column in 0..<delta.columns {
        // A unit that is switched off passes nothing on, not even NaN.
        let slope = activation.slope(saved: saved[row, column])
        delta[row, column] = slope == 0 && activation == .relu ? 0 : delta[row, column] * slope
      }
    }
  }
}

extension Operation<ReferenceBackend>.Addition {
  func compute() {
    for row in 0..<c.rows {
      for column in 0..<c.columns { c[row, column] = a[row, column] + b[row, column] }
    }
  }
}

extension Operation<ReferenceBackend>.Fill {
  func compute() {
    for index in 0..<vector.count { vector[index] = Double(value) }
  }
}

extension Operation<ReferenceBackend>.Dropout {
  func compute(_ arguments: StepArguments) {
    let philox = Philox(seed: mask.seed, stream: mask.stream)
    for row in 0..<input.rows {
      for column in 0..<input.columns {
        let block = (arguments.rowOffset + row) * ((input.columns + 3) / 4) + column / 4
        let word = philox.block(at: UInt64(arguments.step) << 32 | UInt64(block))[column % 4]
        let isDropped = Double(word) < Double(mask.rate) * 0x1p32
        let value = isDropped ? 0 : input[row, column] / (1 - Double(mask.rate))
        output[row, column] = value + (isAdded ? output[row, column] : 0)
      }
    }
  }
}
