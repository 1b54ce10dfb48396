import Foundation
package import Lamina

extension ReferenceBackend {
  package func enqueueGather(
    _ batch: BatchIndices<ReferenceBackend>, of examples: Examples<ReferenceBackend>,
    scaling: InputScaling, into destination: Matrix<ReferenceBackend>
  ) {
    submit("gather") { [self] in
      for row in 0..<batch.count {
        let source = batch.indices.storage.integer(arguments.firstIndex + row)
        for column in 0..<examples.columns {
          let stored = examples[source, column]
          destination[row, column] = Double(scaling.scale) * stored + Double(scaling.offset)
        }
      }
    }
  }

  package func enqueueMatmul(
    _ a: Matrix<ReferenceBackend>, _ b: Matrix<ReferenceBackend>, alpha: Float, beta: Float,
    into c: Matrix<ReferenceBackend>
  ) {
    submit("matmul") {
      let (left, right) = (a.values(), b.transposed.values())
      for row in 0..<c.rows {
        for column in 0..<c.columns {
          let sum = dot(left, row, right, column, a.columns)
          let old = beta == 0 ? 0 : Double(beta) * c[row, column]
          c[row, column] = Double(alpha) * sum + old
        }
      }
    }
  }

  package func enqueueActivation(
    _ activation: Activation, of input: Matrix<ReferenceBackend>,
    bias: Vector<ReferenceBackend>?, into output: Matrix<ReferenceBackend>
  ) {
    submit("activation") {
      for row in 0..<output.rows {
        for column in 0..<output.columns {
          let addend = bias?.storage.float(column) ?? 0
          output[row, column] = activation.value(input[row, column] + addend)
        }
      }
    }
  }

  package func enqueueAdd(
    _ a: Matrix<ReferenceBackend>, _ b: Matrix<ReferenceBackend>, into c: Matrix<ReferenceBackend>
  ) {
    submit("add") {
      for row in 0..<c.rows {
        for column in 0..<c.columns { c[row, column] = a[row, column] + b[row, column] }
      }
    }
  }

  package func enqueueActivationDelta(
    _ activation: Activation, saved: Matrix<ReferenceBackend>,
    on delta: Matrix<ReferenceBackend>
  ) {
    submit("activationDelta") {
      for row in 0..<delta.rows {
        for column in 0..<delta.columns {
          // A unit that is switched off passes nothing on, not even NaN.
          let slope = activation.slope(output: saved[row, column])
          delta[row, column] = slope == 0 && activation == .relu ? 0 : delta[row, column] * slope
        }
      }
    }
  }

  package func enqueueColumnSums(
    of matrix: Matrix<ReferenceBackend>, beta: Float, into sums: Vector<ReferenceBackend>
  ) {
    submit("columnSums") {
      for column in 0..<matrix.columns {
        var sum = beta == 0 ? 0 : Double(beta) * sums.storage.float(column)
        for row in 0..<matrix.rows { sum += matrix[row, column] }
        sums.storage.set(column, sum)
      }
    }
  }

  package func enqueueFill(_ vector: Vector<ReferenceBackend>, with value: Float) {
    submit("fill") {
      for index in 0..<vector.count { vector.storage.set(index, Double(value)) }
    }
  }

  package func enqueueUpdate(
    _ parameters: Vector<ReferenceBackend>, velocity: Vector<ReferenceBackend>, rule: SGD
  ) {
    submit("update") { [self] in
      let rate = Double(rule.learningRate) * Double(arguments.learningRateFactor)
      for index in 0..<parameters.count {
        parameters.storage.set(
          index, parameters.storage.float(index) - rate * velocity.storage.float(index))
      }
    }
  }

  package func enqueueKernelFunction(
    _ function: KernelFunction, rowSquares: Vector<ReferenceBackend>,
    columnSquares: Vector<ReferenceBackend>, on products: Matrix<ReferenceBackend>
  ) {
    submit("kernelFunction") {
      for row in 0..<products.rows {
        for column in 0..<products.columns {
          let product = products[row, column]
          let squares = rowSquares.storage.float(row) + columnSquares.storage.float(column)
          products[row, column] = function.value(product: product, distance: squares - 2 * product)
        }
      }
    }
  }

  package func enqueueLoss(_ request: LossRequest<ReferenceBackend>) {
    submit(request.loss.rawValue) { [self] in
      for row in 0..<request.outputs.rows { evaluate(request, row: row) }
    }
  }

  private func evaluate(_ request: LossRequest<ReferenceBackend>, row: Int) {
    let columns = request.outputs.columns
    let example = request.batch.indices.storage.integer(arguments.firstIndex + row)
    let outputs = (0..<columns).map { request.outputs[row, $0] }
    let target = request.targets.row(example, columns)
    let (loss, delta) =
      switch request.loss {
      case .softmaxCrossEntropy: Self.softmaxCrossEntropy(outputs, target)
      case .quadratic: Self.quadratic(outputs, target, request.activation)
      }
    for column in 0..<columns {
      request.delta[row, column] = delta[column] * Double(request.deltaScale)
    }
    let (losses, hits) = (request.meter.losses.storage, request.meter.hits.storage)
    losses.set(row, losses.float(row) + loss)
    let best = outputs.firstIndex(of: outputs.max() ?? 0)
    if !loss.isNaN, best == target.firstIndex(of: target.max() ?? 0) {
      hits.set(row, hits.float(row) + 1)
    }
  }

  private static func softmaxCrossEntropy(
    _ logits: [Double], _ target: [Double]
  ) -> (Double, [Double]) {
    let largest = logits.max() ?? 0
    let powers = logits.map { exp($0 - largest) }
    let sum = powers.reduce(0, +)
    let total = target.reduce(0, +)
    let loss = zip(logits, target).reduce(0) {
      // A class of probability zero adds nothing, whatever its logit.
      $1.1 == 0 ? $0 : $0 + $1.1 * (log(sum) - ($1.0 - largest))
    }
    return (loss, zip(powers, target).map { total * $0 / sum - $1 })
  }

  private static func quadratic(
    _ outputs: [Double], _ target: [Double], _ activation: Activation
  ) -> (Double, [Double]) {
    let errors = zip(outputs, target).map { $0 - $1 }
    return (
      errors.reduce(0) { $0 + $1 * $1 / 2 },
      zip(errors, outputs).map { $0 * activation.slope(output: $1) }
    )
  }
}

/// Row `i` of `a` times row `j` of `b`: pointers, because tests run without optimisation.
private func dot(_ a: [Double], _ i: Int, _ b: [Double], _ j: Int, _ count: Int) -> Double {
  a.withUnsafeBufferPointer { a in
    b.withUnsafeBufferPointer { b in
      guard var x = a.baseAddress, var y = b.baseAddress else { return 0 }
      x += i * count
      y += j * count
      var sum = 0.0
      var index = 0
      while index < count {
        sum += x[index] * y[index]
        index &+= 1
      }
      return sum
    }
  }
}

extension Matrix<ReferenceBackend> {
  /// All values, row by row.
  func values() -> [Double] {
    (0..<rows).flatMap { row in (0..<columns).map { self[row, $0] } }
  }
}

extension Examples<ReferenceBackend> {
  subscript(_ row: Int, _ column: Int) -> Double {
    switch element {
    case .byte: Double(storage.bytes[row * columns + column])
    case .float: storage.float(row * columns + column)
    }
  }
}

extension LossRequest<ReferenceBackend>.Targets {
  func row(_ example: Int, _ columns: Int) -> [Double] {
    switch self {
    case .labels(let labels):
      let label = labels.storage.integer(example)
      return (0..<columns).map { $0 == label ? 1 : 0 }
    case .values(let values): return (0..<columns).map { values[example, $0] }
    }
  }
}
