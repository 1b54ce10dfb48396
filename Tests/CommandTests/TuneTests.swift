#if OpenCL
  import Foundation
  import Testing

  extension CommandTests {
    @Suite struct TuneTests {
      private let place: Workplace

      init() throws { place = try Workplace() }

      private static let hasDevice =
        (try? Program.run(["devices"]).output.contains("opencl:0")) == true

      /// Runs the program with a cache folder for this test.
      private func run(_ arguments: String..., environment: [String: String] = [:]) throws
        -> Program.Result
      {
        let own = ["LAMINA_CACHE": place.file("cache"), "LAMINA_NO_PLAN": ""]
          .merging(environment) { $1 }
        return try Program.run(arguments, environment: own)
      }

      /// Weight decay, because a step with plain SGD may be one kernel without products.
      private func train(environment: [String: String] = [:]) throws -> Program.Result {
        try run(
          "train", "--data", place.data, "--hidden", "520", "--batch-size", "20", "--steps", "2",
          "--device", "opencl:0", "--quiet", "--log", place.file("l"), environment: environment)
      }

      private var planInLog: [String: Any]? {
        get throws { try place.log("l").first?["plan"] as? [String: Any] }
      }

      @Test(.enabled(if: hasDevice, "no OpenCL device"))
      func tunesAndTrainsByThePlan() throws {
        #expect(try run("tune", "--list").output.hasPrefix("no plan is stored in "))
        #expect(try train().code == 0)
        #expect(try planInLog == nil)
        let tuned = try run(
          "tune", "--device", "opencl:0", "--network", "64,520,5", "--batch-size", "20", "--time",
          "3")
        #expect(tuned.code == 0, "\(tuned.errors)")
        #expect(tuned.errors.isEmpty)
        for part in [
          "activation 20x520x64", "update 64x520x20 tn", "update 520x5x20 tn", "plan  ",
        ] {
          #expect(tuned.output.contains(part), "\(tuned.output)")
        }
        #expect(try run("tune", "--list").lines.count == 2)
        let trained = try train()
        #expect(trained.code == 0 && trained.errors.isEmpty, "\(trained.errors)")
        let plan = try #require(try planInLog)
        // The products of the step, except two in the output layer's kernel. The evaluation has
        // fewer rows than a plan expects.
        #expect(plan["products"] as? Int == 3)
        try ignoresItWhereItIsToldTo()
        try warnsOfDamage(try #require(plan["file"] as? String))
      }

      private func ignoresItWhereItIsToldTo() throws {
        #expect(try train(environment: ["LAMINA_NO_PLAN": "1"]).code == 0)
        #expect(try planInLog == nil)
      }

      private func warnsOfDamage(_ file: String) throws {
        try Data("{".utf8).write(to: URL(fileURLWithPath: file))
        let result = try train()
        #expect(result.code == 0)
        #expect(result.errors.hasPrefix("lamina: warning: the plan \(file) is ignored: it is"))
        #expect(result.errors.split(separator: "\n").count == 1)
        #expect(try planInLog == nil)
        #expect(try run("tune", "--list").output.contains("it is damaged"))
        #expect(try run("tune", "--clear", "--device", "opencl:0").output == "removed \(file)\n")
        #expect(try run("tune", "--clear").output.hasPrefix("no plan is stored in "))
        #expect(try train().errors.isEmpty)
      }

      @Test(.enabled(if: hasDevice, "no OpenCL device"))
      func keepsWhatWasMeasuredWhenInterrupted() throws {
        let program = try Program(
          ["tune", "--device", "opencl:0", "--time", "50"],
          environment: ["LAMINA_CACHE": place.file("cache")])
        func plans() -> [String] {
          (try? FileManager.default.contentsOfDirectory(atPath: place.file("cache/plans"))) ?? []
        }
        program.wait(until: "a product was tuned") {
          plans().contains { $0.hasSuffix(".json") }
        }
        program.send(SIGINT)
        let result = try program.finish()
        #expect(result.code == 130, "\(result.errors)")
        #expect(result.errors.contains("tuning was interrupted by SIGINT; the plan has "))
        #expect(plans().count == 1 && plans()[0].hasSuffix(".json"), "\(plans())")
      }

      @Test(arguments: [
        (["--device", "cpu"], "the CPU backend needs no plan"),
        (["--device", "warp drive"], "no device is called 'warp drive'"),
        (["--network", "784"], "give two or more sizes"),
        (["--network", "784,0,10"], "give two or more sizes"),
        (["--network", "none"], "give two or more sizes"),
        (["--network", "1000000,1000000"], "1000000-1000000 needs"),
        (["--batch-size", "0"], "the batch size is 0"),
        (["--time", "0"], "the time is 0.0 s"),
        (["--time", "nan"], "the time is nan s"),
        (["--list", "--clear"], "give either --list or --clear, not both"),
        (["more"], "Unexpected argument"),
      ])
      func refusesArguments(_ arguments: [String], _ text: String) throws {
        try expectRefusal(["tune"] + arguments, text)
      }

      @Test(.enabled(if: hasDevice, "no OpenCL device"))
      func saysWhenThereIsNoDevice() throws {
        let result = try run("tune", environment: ["OCL_ICD_VENDORS": place.path])
        #expect(result.code == 2)
        #expect(result.errors.hasPrefix("lamina: no device is called 'opencl'; there is none; "))
        #expect(result.errors.contains(place.path), "where was looked")
      }
    }
  }
#endif
