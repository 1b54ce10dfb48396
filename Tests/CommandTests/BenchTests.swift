import Foundation
import Testing

extension CommandTests {
  @Suite struct BenchTests {
    private let place: Workplace

    init() throws { place = try Workplace() }

    /// A job with quick cases on the CPU.
    private func job(_ more: String = "", hidden: String = "[8]", seeds: String = "1") throws
      -> String
    {
      let text = """
        data: \(place.data)
        networks: {hidden: \(hidden)}
        batch-sizes: 10
        devices: cpu
        seeds: \(seeds)
        measuring: {samples: 3, sample-seconds: 0.001, warm-up-seconds: 0.001, peak: false}
        \(more)
        """
      try text.write(toFile: place.file("job.yaml"), atomically: true, encoding: .utf8)
      return place.file("job.yaml")
    }

    private func bench(_ more: [String] = []) throws -> Program.Result {
      try Program.run(["bench", place.file("job.yaml"), "--output", place.file("r.jsonl")] + more)
    }

    @Test func writesResultsForEveryReader() throws {
      _ = try job(seeds: "[1, 2]")
      let result = try bench([
        "--github", place.file("g.json"), "--database", place.file("r.sqlite"),
      ])
      #expect(result.code == 0, "\(result.errors)")
      #expect(result.output.isEmpty, "logs go to the standard error")
      let records = try place.log("r.jsonl")
      #expect(records.count == 2)
      for record in records {
        #expect(record["status"] as? String == "ok")
        #expect((record["samples"] as? [Double])?.count == 3)
        #expect((record["check"] as? [String: Any])?["passed"] as? Bool == true)
      }
      let entries = try #require(
        JSONSerialization.jsonObject(with: Data(try place.text("g.json").utf8)) as? [[String: Any]])
      #expect(entries.count == 2 && entries[0]["unit"] as? String == "samples/s")
      let history = try Program.run(["history", "--database", place.file("r.sqlite")])
      #expect(history.code == 0 && history.lines.count == 3, "\(history.output)")
      let json = try Program.run([
        "history", "--database", place.file("r.sqlite"), "--network", "64-8-5", "--json",
      ])
      #expect(json.lines.count == 2)
      #expect(try place.names == ["data", "g.json", "job.yaml", "r.jsonl", "r.sqlite"])
    }

    @Test func aFailingCaseIsRecordedAndTheRestGoesOn() throws {
      // The first network takes longer than the limit, the second does not.
      try """
      data: \(place.data)
      networks: [{hidden: [4000, 4000, 4000]}, {hidden: [8]}]
      batch-sizes: 300
      devices: cpu
      training: {epochs: 100}
      measuring: {samples: 2, sample-seconds: 0.001, warm-up-seconds: 0, peak: false}
      limits: {seconds: 5}
      """.write(toFile: place.file("job.yaml"), atomically: true, encoding: .utf8)
      let result = try bench()
      #expect(result.code == 1)
      #expect(result.errors.contains("lamina: failed: 64-4000-4000-4000-5 relu"))
      let records = try place.log("r.jsonl")
      #expect(records.map { $0["status"] as? String } == ["failed", "ok"])
      #expect((records[0]["reason"] as? String)?.contains("the limit of 5.00 s") == true)
    }

    @Test func aCaseEndsAtItsLimitOfMemory() throws {
      _ = try job("limits: {memory: 1 MiB}")
      let result = try bench()
      #expect(result.code == 1)
      #expect(result.errors.contains("of memory, and the limit is 1 MiB"))
    }

    @Test func anAccuracyBelowTheLeastFails() throws {
      _ = try job("minimum-accuracy: 1")
      #expect(try bench().code == 1)
      let record = try #require(try place.log("r.jsonl").first)
      #expect((record["reason"] as? String)?.contains("below 1.0") == true)
      #expect((record["check"] as? [String: Any])?["passed"] as? Bool == false)
    }

    @Test func networksAtOnceAreMeasuredTogether() throws {
      _ = try job("population: [1, 4]")
      let result = try bench()
      #expect(result.code == 0, "\(result.errors)")
      let records = try place.log("r.jsonl")
      let populations = records.map { ($0["workload"] as? [String: Any])?["population"] as? Int }
      #expect(populations == [nil, 4])
      #expect(records.allSatisfy { ($0["check"] as? [String: Any])?["passed"] as? Bool == true })
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func finishesTheRecordAtHand(_ signal: Int32) throws {
      let result = try interrupt(by: signal)
      #expect(result.code == 128 + signal, "\(result.errors)")
      let records = try place.log("r.jsonl")
      #expect((1..<1000).contains(records.count))
      #expect(records.allSatisfy { $0["status"] as? String == "ok" })
      #expect(result.errors.contains("has \(records.count) of its cases"))
    }

    @Test func goesOnAfterItWasKilled() throws {
      _ = try interrupt(by: SIGKILL)
      let before = try place.text("r.jsonl")
      let finished = before.split(separator: "\n").count
      _ = try job("repetitions: \(finished + 2)")
      // The file of a process that was killed in the middle of a line.
      try (before + "{\"schema_ver").write(
        toFile: place.file("r.jsonl"), atomically: false, encoding: .utf8)
      let refused = try bench()
      #expect(refused.code == 2 && refused.errors.contains("--resume"))
      let result = try bench(["--resume"])
      #expect(result.code == 0, "\(result.errors)")
      #expect(result.errors.contains("was cut short and is skipped"))
      let after = try place.text("r.jsonl")
      #expect(after.hasPrefix(before), "what was finished stays and is not run again")
      let repetitions = after.matches(of: /"repetition":(\d+)/).map { Int($0.1) }
      #expect(repetitions == Array(1...finished + 2))
    }

    /// Runs a very long job, and sends the signal after its first record.
    private func interrupt(by signal: Int32) throws -> Program.Result {
      _ = try job("repetitions: 1000")
      let program = try Program([
        "bench", place.file("job.yaml"), "--output", place.file("r.jsonl"),
      ])
      program.wait(until: "it wrote a record") {
        (try? place.text("r.jsonl"))?.contains("\n") == true
      }
      program.send(signal)
      return try program.finish()
    }

    /// The slowdown and the tolerance are so large that other programs cannot affect the test.
    @Test func findsARegression() throws {
      _ = try job()
      #expect(try bench().code == 0)
      let arguments = [
        "bench", place.file("job.yaml"), "--baseline", place.file("r.jsonl"), "--tolerance", "900%",
        "--output",
      ]
      let same = try Program.run(arguments + [place.file("same.jsonl")])
      #expect(same.code == 0, "\(same.errors)")
      #expect(same.output.contains("no difference beyond noise and tolerance"))
      let slow = try Program.run(
        arguments + [place.file("slow.jsonl")], environment: ["LAMINA_TEST_SLOWDOWN": "1000"])
      #expect(slow.code == 1)
      #expect(slow.errors.contains("lamina: slower than the baseline: 64-8-5 relu, batch 10"))
      #expect(try place.log("slow.jsonl").count == 3, "what seems slower is measured twice more")
    }

    @Test func refusesBadInputBeforeAnythingRuns() throws {
      let output = place.file("r.jsonl")
      _ = try job("limts: {seconds: 3}")
      try expectRefusal(
        ["bench", place.file("job.yaml"), "--output", output],
        "job.yaml, line 7: there is no key 'limts'; did you mean 'limits'?")
      _ = try job()
      try expectRefusal(["bench", place.file("job.yaml"), "--output", "/nowhere/r"], "/nowhere/r")
      try "{\"schema_version\":2}\n".write(
        toFile: place.file("new"), atomically: true, encoding: .utf8)
      try expectRefusal(
        ["bench", place.file("job.yaml"), "--output", output, "--baseline", place.file("new")],
        "version 2 of the schema")
      try expectRefusal(
        ["bench", place.file("job.yaml"), "--output", output, "--tolerance", "much"], "per cent")
      try expectRefusal(["bench", "/nowhere/job.yaml"], "cannot be read")
      #expect(!FileManager.default.fileExists(atPath: output))
    }

    /// A case trains exactly as `lamina train` with the same options.
    @Test func aCaseTrainsAsTrainDoes() throws {
      _ = try job(
        "training: {optimizer: adam, loss: mse, l2: 0.01, validation-share: 0.2, early-stopping: 1, "
          + "accumulation: 2, epochs: 4}", hidden: "[8 tanh, {dropout: 0.1}]")
      let result = try bench()
      #expect(result.code == 0, "\(result.errors)")
      let record = try #require(try place.log("r.jsonl").first)
      #expect(
        (record["case_name"] as? String)?.hasSuffix(
          "cpu, validation-share 0.2, loss mse, optimizer adam, accumulation 2, l2 0.01, "
            + "early-stopping 1, hidden 8 tanh, dropout(0.1)") == true,
        "\(record["case_name"] ?? "")")
      let trained = try Program.run([
        "train", "--data", place.data, "--hidden", "8 tanh, dropout(0.1)", "--batch-size", "10",
        "--optimizer", "adam", "--loss", "mse", "--l2", "0.01", "--validation-share", "0.2",
        "--early-stopping", "1", "--accumulation", "2", "--epochs", "4", "--quiet", "--log",
        place.file("log"),
      ])
      #expect(trained.code == 0, "\(trained.errors)")
      let end = try #require(try place.log("log").last)
      let quality = try #require(record["quality"] as? [String: Any])
      // The same device and seed give the same bits.
      #expect(quality["test_loss"] as? Double == end["test_loss"] as? Double)
      #expect(quality["test_accuracy"] as? Double == end["test_accuracy"] as? Double)
      #expect(quality["train_loss"] as? Double == end["train_loss"] as? Double)
    }

    @Test func theDefaultRateIsTheSameEverywhere() throws {
      _ = try job()
      #expect(try bench().code == 0)
      let workload = try #require(try place.log("r.jsonl").first?["workload"] as? [String: Any])
      #expect(workload["learning_rate"] as? Double == 0.01)
      let trained = try Program.run([
        "train", "--data", place.data, "--steps", "1", "--quiet", "--log", place.file("log"),
      ])
      #expect(trained.code == 0)
      #expect(try place.log("log").first?["learning_rate"] as? Double == 0.01)
    }

    @Test func tellsOfAFullDisk() throws {
      _ = try job()
      let result = try Program.run(["bench", place.file("job.yaml"), "--output", "/dev/full"])
      #expect(result.code == 1)
      #expect(result.errors.contains("lamina: cannot write /dev/full: No space left on device"))
    }

    @Test func historyNeedsADatabase() throws {
      try expectRefusal(["history", "--database", "/nowhere/r.sqlite"], "there is no database")
    }
  }
}
