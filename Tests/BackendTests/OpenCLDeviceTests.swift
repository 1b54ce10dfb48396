#if OpenCL
  import Lamina
  import Testing

  @testable import LaminaOpenCL

  @Suite(.serialized) struct OpenCLDeviceTests {
    private static func description(
      _ selector: String, _ name: String, _ platform: String
    ) -> DeviceDescription {
      DeviceDescription(
        selector: selector, name: name, platform: platform, vendor: "Maker", driver: "1",
        computeUnits: 1, memory: 1, libraries: [:])
    }

    private static let machine = [
      description("opencl:0", "Radeon VII", "AMD Platform"),
      description("opencl:1", "EPYC", "Portable Computing Language"),
      description("opencl:2", "EPYC", "Intel OpenCL"),
    ]

    @Test(
      arguments: [
        ("opencl", [0]), ("opencl:0", [0]), ("opencl:2", [2]), ("opencl:3", []),
        ("opencl:", []), ("opencl:01", []), ("radeon", [0]), ("portable", [1]),
        ("intel opencl maker epyc", [2]), ("epyc", [1, 2]), ("maker", [0, 1, 2]),
        ("geforce", []), ("", []),
      ] as [(String, [Int])])
    func selectorsFitByPlaceOrByPartOfTheName(selector: String, expected: [Int]) {
      #expect(OpenCLDevice.matches(selector, in: Self.machine) == expected)
    }

    @Test func nothingFitsWithoutDevices() {
      #expect(OpenCLDevice.matches("opencl", in: []) == [])
      #expect(throws: BackendError.noDevice(wanted: "opencl", available: [])) {
        try OpenCLDevice.select("opencl", from: [])
      }
    }

    @Test func selectorsOfTheListSelectTheirDevice() throws {
      let devices = try OpenCLDevice.all()
      for (index, device) in devices.enumerated() {
        #expect(device.description.selector == "opencl:\(index)")
        #expect(try OpenCLDevice.select("OpenCL:\(index)").description == device.description)
      }
    }

    @Test func theMessageForAnUnknownNameListsTheDevices() throws {
      let available = try OpenCLDevice.all().map(\.description.listEntry)
      #expect(
        throws: BackendError.noDevice(
          wanted: "no such device", available: available, searched: OpenCLDevice.driverReport)
      ) { try OpenCLDevice.select("no such device") }
    }

    @Test func statusesHaveTheirNames() {
      #expect(Status.name(-54) == "CL_INVALID_WORK_GROUP_SIZE (-54)")
      #expect(Status.name(-9999) == "an unknown status (-9999)")
    }

    @Test(.enabled(if: Self.hasDevice, "no OpenCL device"))
    func aKernelThatDoesNotBuildShowsTheCompilersLog() throws {
      let queue = try CommandQueue(try OpenCLDevice.select("opencl"))
      let library = KernelLibrary(queue)
      let text: StaticString = "__kernel void broken(__global float *x) { x[0] = no_such_name; }"
      let pointer = UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self)
      do {
        _ = try library.build("broken", [pointer], options: KernelLibrary.options([]))
        Issue.record("it builds")
      } catch {
        guard case .kernelBuild(let kernel, let device, let log) = error else { throw error }
        #expect(kernel == "broken")
        #expect(device == queue.device.description.name)
        #expect(log.contains("no_such_name"))
      }
      #expect(library.buildSeconds > 0)
    }

    @Test(.enabled(if: Self.hasDevice, "no OpenCL device"))
    func aBufferLargerThanTheDeviceIsOutOfMemory() throws {
      let device = try OpenCLDevice.select("opencl")
      let queue = try CommandQueue(device)
      #expect(throws: BackendError.outOfMemory(bytes: 1 << 50, device: device.description.name)) {
        try DeviceBuffer(byteCount: 1 << 50, queue: queue)
      }
    }

    @Test(.enabled(if: Self.hasDevice, "no OpenCL device"))
    func productsAreCheckedAtTheirFirstUse() throws {
      let backend = try OpenCLBackend(
        try OpenCLDevice.select("opencl"), options: .isolated)
      #expect(backend.buildSeconds == 0)
      let matrix = try backend.makeMatrix(rows: 3, columns: 3)
      try backend.perform(
        .matmul(matrix, matrix, into: try backend.makeMatrix(rows: 3, columns: 3)))
      #expect(backend.verdicts.count == 1 && backend.buildSeconds > 0)
      try backend.wait(for: try backend.mark())
    }

    @Test(.enabled(if: Self.hasDevice, "no OpenCL device"))
    func aPreparedSequenceOutlivesWhatItWasMadeOf() throws {
      let backend = try OpenCLBackend(
        try OpenCLDevice.select("opencl"), options: .isolated)
      let result = try backend.makeVector(count: 5)
      func prepare() throws -> OpenCLBackend.Prepared {
        let velocity = try backend.makeVector([1, 2, 3, 4, 5])
        return try backend.prepare([
          .update(result, gradients: velocity, by: .sgd(SGD(learningRate: 2)))
        ])
      }
      let prepared = try prepare()
      #expect(try backend.values(of: result) == [0, 0, 0, 0, 0])
      try backend.run(prepared, with: StepArguments(learningRateFactor: 0.5))
      try backend.run(prepared, with: StepArguments())
      #expect(try backend.values(of: result) == [-3, -6, -9, -12, -15])
    }

    private static var hasDevice: Bool { (try? OpenCLDevice.all().isEmpty) == false }
  }
#endif
