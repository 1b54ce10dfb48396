#if OpenCL
  import Foundation
  import Testing

  extension CommandTests {
    /// Drivers without vendor files, as in containers: PoCL under the name of NVIDIA's library.
    @Suite struct DriverTests {
      private static let pocl = ["x86_64-linux-gnu", "aarch64-linux-gnu"].map { "/usr/lib/\($0)" }
        .first { FileManager.default.fileExists(atPath: "\($0)/libpocl.so.2") }

      private let place: Workplace
      private let environment: [String: String]

      init() throws {
        place = try Workplace()
        let manager = FileManager.default
        for folder in ["prefix/arch/lib", "empty", "cache"] {
          try manager.createDirectory(
            atPath: place.file(folder), withIntermediateDirectories: true)
        }
        // PoCL searches for its parts relative to its own path.
        for (link, target) in [
          ("prefix/arch/lib/libnvidia-opencl.so.1", "\(Self.pocl ?? "")/libpocl.so.2"),
          ("prefix/arch/lib/pocl", "\(Self.pocl ?? "")/pocl"), ("prefix/share", "/usr/share"),
        ] {
          try manager.createSymbolicLink(atPath: place.file(link), withDestinationPath: target)
        }
        environment = [
          "LD_LIBRARY_PATH": place.file("prefix/arch/lib"), "TMPDIR": place.file("cache"),
          "OCL_ICD_VENDORS": place.file("empty"), "LAMINA_NO_PLAN": "1",
          "LAMINA_NO_KERNEL_CACHE": "1",
        ]
      }

      private func expectNotice(in errors: String) {
        let lines = errors.split(separator: "\n").filter { $0.hasPrefix("lamina: using ") }
        #expect(lines.count == 1, "\(errors)")
        for part in [
          "libnvidia-opencl.so.1", place.file("empty"),
          "a file nvidia.icd with the line 'libnvidia-opencl.so.1'",
        ] { #expect(lines.first?.contains(part) == true, "\(errors)") }
      }

      @Test(.enabled(if: Self.pocl != nil, "PoCL is not installed"))
      func anInstalledDriverIsFoundWithoutItsFile() throws {
        let result = try Program.run(["devices"], environment: environment)
        #expect(result.code == 0)
        #expect(result.lines.contains { $0.hasPrefix("opencl:0 ") }, "\(result.output)")
        expectNotice(in: result.errors)
        let trained = try Program.run(
          ["train", "--data", "xor", "--hidden", "4", "--epochs", "1", "--device", "opencl"],
          environment: environment)
        #expect(trained.code == 0, "\(trained.errors)")
        expectNotice(in: trained.errors)
        // No file stays behind.
        #expect(try FileManager.default.contentsOfDirectory(atPath: place.file("cache")) == [])
      }

      @Test(.enabled(if: Self.pocl != nil, "PoCL is not installed"))
      func childProcessesFindItToo() throws {
        let job = place.file("job.yaml")
        try """
        name: job
        data: \(place.data)
        networks: [{hidden: [4]}]
        batch-sizes: 64
        devices: [opencl]
        repetitions: 2
        training: {epochs: 1}
        measuring: {samples: 2, sample-seconds: 0.01, warm-up-seconds: 0.01}
        output: \(place.file("out.jsonl"))
        """.write(toFile: job, atomically: true, encoding: .utf8)
        let result = try Program.run(["bench", job], environment: environment)
        #expect(result.code == 0, "\(result.output)\(result.errors)")
        #expect(try place.log("out.jsonl").first?["status"] as? String == "ok")
      }

      @Test func theSearchCanBeLeftOut() throws {
        let result = try Program.run(
          ["devices"], environment: environment.merging(["LAMINA_NO_DRIVER_SEARCH": "1"]) { $1 })
        #expect(result.code == 0)
        #expect(!result.lines.contains { $0.hasPrefix("opencl") })
        #expect(!result.errors.contains("libnvidia"), "\(result.errors)")
      }

      @Test func aMissingDeviceTellsWhatWasLookedFor() throws {
        var environment = environment
        environment["LD_LIBRARY_PATH"] = nil
        for arguments in [
          ["train", "--data", "xor", "--hidden", "4", "--epochs", "1", "--device", "opencl"],
          ["demo"], ["compare", "--devices", "cpu,opencl"],
        ] {
          let result = try Program.run(arguments, environment: environment)
          #expect(result.code == 2 && result.output.isEmpty)
          for part in [
            "no device is called 'opencl'", place.file("empty"), "libnvidia-opencl.so.1 (",
            "libamdocl64.so (", "libigdrcl.so (",
          ] { #expect(result.errors.contains(part), "\(result.errors)") }
        }
        let devices = try Program.run(["devices"], environment: environment)
        #expect(devices.code == 0)
        #expect(devices.errors.contains("there is no OpenCL device; "), "\(devices.errors)")
      }
    }
  }
#endif
