#if OpenCL
  import Lamina
  import Testing

  @testable import LaminaOpenCL

  /// Groups are shaped by what the device and the kernel allow.
  struct WorkShapeTests {
    private static let works: [IndexSpace] = [
      .rows(1), .rows(1000), .groups(rows: 77), .sums(64), .columns(1), .columns(1001), .flat(1),
      .flat(123_457),
    ]

    /// Warps of 32 and wavefronts of 64; groups of up to 1024 down to a single item.
    @Test(arguments: [32, 64], [1024, 256, 128, 64, 32, 16, 1])
    func noGroupIsLargerThanTheDevices(bundle: Int, largestGroup: Int) {
      let shape = WorkShape.gpu(bundle: bundle, largestGroup: largestGroup)
      for work in Self.works {
        let size = shape.size(of: work)
        #expect(size.groupSize <= largestGroup, "\(work)")
        #expect(size.global.x % size.local.x == 0 && size.global.y % size.local.y == 0)
        #expect(shape.lanes.nonzeroBitCount == 1 && shape.sumRows.nonzeroBitCount == 1)
      }
      if largestGroup >= 128 { #expect(shape.lanes == bundle) }
    }

    /// NVIDIA's hardware has 65535 groups in the second dimension; kernels go on to further rows.
    @Test(arguments: [WorkShape.cpu, .gpu, .gpu(bundle: 64, largestGroup: 256)])
    func manyRowsAreNoMoreGroupsThanThereMayBe(_ shape: WorkShape) {
      for work in [IndexSpace.rows(10_000_000), .groups(rows: 10_000_000)] {
        let size = shape.size(of: work)
        #expect(size.global.y / size.local.y <= 65_535)
      }
    }

    @Test func halvingEnds() {
      for start in [WorkShape.cpu, .gpu, .gpu(bundle: 64, largestGroup: 1024)] {
        var shape: WorkShape? = start
        var rounds = 0
        while let current = shape {
          shape = current.halved
          rounds += 1
        }
        #expect(rounds < 10)
      }
    }

    /// A kernel that can only run in smaller groups than the device allows gets smaller ones.
    @Test(.enabled(if: FirstDevice.device != nil, "no OpenCL device"))
    func smallerGroupsComputeTheSame() throws {
      let numbers = (0..<7 * 45).map { Float($0 % 19 - 9) / 8 }
      var results: [[Float]] = []
      var shape: WorkShape? = .gpu
      while let current = shape {
        let backend = try FirstDevice.backend(Warnings(), shape: current)
        let matrix = try backend.makeMatrix(numbers, rows: 7, columns: 45)
        let sums = try backend.makeVector(count: 45)
        let softmax = try backend.makeMatrix(rows: 7, columns: 45)
        try backend.perform(
          .columnSums(of: matrix, into: sums),
          .softmax(of: matrix, isLogarithmic: false, into: softmax))
        results.append(try backend.values(of: sums))
        let rows = try backend.values(of: softmax)
        for row in 0..<7 {
          // 45 roundings of numbers below 1.
          #expect(abs(rows[row * 45..<(row + 1) * 45].reduce(0, +) - 1) < 1e-5)
        }
        shape = current.halved
      }
      #expect(results.count > 4)
      // Sums of multiples of 1/8 are exact in any order.
      for result in results { #expect(result == results[0] && result.contains { $0 != 0 }) }
    }

    @Test(.enabled(if: FirstDevice.device != nil, "no OpenCL device"))
    func whatKernelsCannotCountIsRefused() throws {
      let backend = try FirstDevice.backend(Warnings())
      let vector = try backend.makeVector(count: 4)
      #expect {
        try backend.perform(.fill(Vector(buffer: vector.buffer, count: 1 << 32), with: 1))
      } throws: { error in
        "\(error)".contains("would have to count to 4294967296")
      }
    }

    @Test func batchesBeyondTheNumbersOfDropoutAreRefused() throws {
      let network = NetworkDescription(
        inputs: 4,
        layers: [
          .dense(outputs: 4096, activation: .relu), .dropout(rate: 0.5),
          .dense(outputs: 2, activation: .identity),
        ], loss: .softmaxCrossEntropy())
      // A word is shared by four columns: 2^32 of them are 2^22 rows of 4096.
      try network.validate(batchSize: 1 << 22)
      #expect(throws: NetworkError.self) { try network.validate(batchSize: (1 << 22) + 1) }
    }
  }
#endif
