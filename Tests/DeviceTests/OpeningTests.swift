import Lamina
import Testing

@testable import LaminaDevices

@Suite("Opening devices") struct OpeningTests {
  private func noWarning(_ sentence: String) { Issue.record("warned: \(sentence)") }

  @Test("The CPU is found by its selector and opens with the threads asked for")
  func processor() throws {
    let selection = try DeviceSelection("cpu")
    #expect(selection.selector == "cpu")
    let device = try selection.open(DeviceOptions(threads: 1) { _ in })
    #expect(device.isCPUBackend && device.isProcessor)
    #expect(device.description.selector == "cpu" && device.description.threads == 1)
    #expect(device.report == DeviceReport() && device.planHash == nil)
    #expect(device.openingSeconds > 0 && device.buildSeconds == 0)
  }

  @Test("An unknown device is refused with the CPU among those that there are")
  func unknown() throws {
    #expect {
      _ = try DeviceSelection("warp drive")
    } throws: { error in
      guard case BackendError.noDevice("warp drive", let available, _) = error else { return false }
      return available.count { $0.hasPrefix("cpu") } == 1
    }
  }

  @Test("A precision that the CPU lacks is refused", arguments: [false, true])
  func precision(opens: Bool) throws {
    let error = #expect(throws: BackendError.self) {
      let cpu = DeviceSelection.cpu
      if opens {
        _ = try cpu.open(DeviceOptions(precision: .tf32) { _ in })
      } else {
        try cpu.check(.tf32)
      }
    }
    let sentence = try #require(error?.description)
    #expect(sentence.hasPrefix("cpu (") && sentence.contains(") computes in fp32"))
    #expect(
      sentence.hasSuffix("; tf32 needs an NVIDIA GPU of compute capability 8.0 or later"))
  }

  @Test("Devices open in the order of their selectors, and `all` begins with the CPU")
  func several() throws {
    let options = DeviceOptions { _ in }
    let twice = try OpenDevice.open(["cpu", "cpu"], options)
    #expect(twice.map(\.description.selector) == ["cpu", "cpu"])
    let all = try OpenDevice.open(["all"], options).map(\.description.selector)
    #expect(all == ["cpu"] + (try DeviceSelection.openCLDevices()).map(\.selector))
  }

  @Test("What a device replaces is told once, however often it opens")
  func warnsOnce() {
    var told: [String] = []
    for _ in 1...2 {
      let options = DeviceOptions { told.append($0) }
      options.warnOnce("the plan of a test is ignored")
      options.warnOnce("another plan of a test is ignored")
    }
    #expect(told == ["the plan of a test is ignored", "another plan of a test is ignored"])
  }

  @Test("The CPU gives no commands to a queue")
  func launches() throws {
    func launches<B: Backend>(on backend: B) throws -> Int {
      let vector = try backend.makeVector(count: 4)
      return try backend.prepare([.fill(vector, with: 1)]).launchCount
    }
    #expect(try launches(on: DeviceSelection.cpu.open(DeviceOptions { _ in }).backend) == 0)
    #if OpenCL
      guard let device = try? DeviceSelection("opencl") else { return }
      let open = try device.open(DeviceOptions(warn: noWarning))
      #expect(open.report.compilesKernels && !open.isCPUBackend)
      #expect(try launches(on: open.backend) == 1, "a fill is one kernel")
      #expect(device.selector == open.description.selector)
    #endif
  }
}
