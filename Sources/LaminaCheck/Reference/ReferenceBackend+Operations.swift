import Foundation
package import Lamina

extension ReferenceBackend {
  package func enqueueGather(
    _ batch: BatchIndices<ReferenceBackend>, of examples: Examples<ReferenceBackend>,
    scaling: DeviceScaling<ReferenceBackend>, into destination: Matrix<ReferenceBackend>
  ) {
    submit("gather") { [self] in
      for row in 0..<batch.count {
        let source = batch.indices.storage.integer(arguments.firstIndex + row)
        for column in 0..<examples.columns {
          let stored = examples[source, column]
          switch scaling {
          case .uniform(let scale, let offset):
            destination[row, column] = Double(scale) * stored + Double(offset)
          case .perFeature(let scales, let offsets):
            destination[row, column] =
              scales.storage.float(column) * stored + offsets.storage.float(column)
          }
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
          let slope = activation.slope(saved: saved[row, column])
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
