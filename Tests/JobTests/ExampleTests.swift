import Foundation
import Testing

@testable import LaminaCommand
@testable import LaminaJobs

@Suite("Example jobs") struct ExampleTests {
  @Test("They can be run, where there is an OpenCL device", arguments: ["smoke", "workstation"])
  func examples(name: String) throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Examples/Jobs/\(name).yaml").standardizedFileURL
    // Device names depend on the machine that runs the job.
    let text = try String(contentsOf: folder, encoding: .utf8)
      .replacingOccurrences(of: "devices: [cpu, opencl]", with: "devices: cpu")
    let place = try Folder()
    let job = try JobFile(path: place.write(text, to: "job.yaml"), TrainCaseReader())
    #expect(job.name == name && !job.cases.isEmpty)
  }
}
