import Foundation
import LaminaJobs
import Testing

@testable import LaminaReport

@Suite("Reports") struct ReportPageTests {
  private let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("lamina-report-\(UUID().uuidString)")

  private static let log = """
    {"event":"start","network":"4-3-2","seed":18446744073709551615,"data":{"name":"<set>","class_names":["cat","dog"]},"device":{"name":"GPU"}}
    {"event":"epoch","epoch":1,"train_loss":1.5,"test_loss":1.2,"train_accuracy":0.5,"test_accuracy":0.6,"learning_rate":0.1}
    {"event":"epoch","epoch":2,"train_loss":null,"test_loss":1.0,"train_accuracy":0.5,"test_accuracy":0.7,"learning_rate":0.05}
    {"event":"result","test_accuracy":0.7,"test_loss":1.0,"confusion_matrix":[[3,1],[2,4]],"pictures":{"height":1,"width":2,"examples":[{"index":4,"label":0,"prediction":1,"probability":0.9,"pixels":"AP8="},{"index":0,"label":1,"prediction":1,"probability":null,"pixels":"AP8="}],"weights":["f4E=","broken"]}}

    """

  private static let comparison = """
    {"data":"digits","sweep":SWEEP,"points":[POINTS],"crossovers":[{"device":"opencl:0","against":"cpu","kind":"at","size":32.0}]}

    """

  private static func point(_ value: String) -> String {
    let device = { (name: String, rate: Double) in
      """
      {"device":"\(name)","device_name":"<\(name)>","samples_per_second":\(rate),"interval":[\(rate * 0.9),\(rate * 1.1)],"seconds_per_step":0.001,"gflops":2,"ratio":2,"ratio_interval":[1.5,2.5],"ratio_is_real":true,"losses":[1,0.5]}
      """
    }
    return """
      {"value":\(value),"network":"4-3-2","batch_size":16,"devices":[\(device("cpu", 100)),\(device("opencl:0", 200))]}
      """
  }

  private func page(_ texts: [String]) throws -> String {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let paths = try texts.enumerated().map { index, text in
      let file = folder.appendingPathComponent("file\(index)")
      try text.write(to: file, atomically: false, encoding: .utf8)
      return file.path
    }
    return try ReportInputs(paths: paths).page.html
  }

  private func expectSelfContained(_ page: String) {
    #expect(page.hasPrefix("<!DOCTYPE html>") && page.hasSuffix("</html>\n"))
    #expect(!page.contains("<script") && !page.contains("src=\"http") && !page.contains("@import"))
    #expect(page.contains("prefers-color-scheme: dark") && page.contains("name=\"viewport\""))
    let pictures = count("<svg", in: page)
    #expect(count("<desc>", in: page) == pictures && count("role=\"img\"", in: page) == pictures)
  }

  @Test("A run has its curves, confusion matrix, examples and weights")
  func training() throws {
    let page = try page([Self.log])
    expectSelfContained(page)
    // Loss 1 + 2 (one is null), accuracy 2 + 2, learning rate 2.
    #expect(count("class=\"point\"", in: page) == 9)
    #expect(count("class=\"cell\"", in: page) == 4)
    #expect(count("class=\"mistake\"", in: page) == 1 && count("class=\"right\"", in: page) == 1)
    #expect(page.contains("example 4 of class cat, predicted dog"))
    // One of the two weights is not base64.
    #expect(count("weights of unit", in: page) == 1)
    #expect(page.contains("seed 18446744073709551615") && page.contains("&lt;set&gt;"))
    // Loss, accuracy, learning rate, matrix, examples.
    #expect(count("<details>", in: page) == 5)
  }

  @Test("Several runs lie over each other; a damaged line is told of and skipped")
  func overlay() throws {
    let damaged = Self.log.replacingOccurrences(of: "{\"event\":\"epoch\",\"epoch\":1,", with: "{")
    let page = try page([Self.log, damaged])
    // The second run lacks its first epoch, and its second epoch has no training loss.
    #expect(count("class=\"point\"", in: page) == 9 + 4)
    #expect(page.contains("file0, test") && page.contains("file1, test"))
    #expect(page.contains("file1, line 2 is damaged and is skipped"))
  }

  @Test("A log that was cut short shows what it has")
  func unfinished() throws {
    let lines = Self.log.split(separator: "\n").prefix(2).joined(separator: "\n")
    let page = try page([lines + "\n{\"event\":\"epo"])
    #expect(count("class=\"point\"", in: page) == 5)
    #expect(page.contains("The log ends before the training does."))
    #expect(page.contains("line 3 is damaged"))
  }

  @Test("Comparisons have a bar with its interval for each device, sweeps a crossover")
  func comparison() throws {
    let one = Self.comparison.replacingOccurrences(of: "SWEEP", with: "null")
      .replacingOccurrences(of: "POINTS", with: Self.point("null"))
    let bars = try page([one])
    expectSelfContained(bars)
    #expect(count("class=\"bar\"", in: bars) == 2)
    #expect(count("class=\"interval ink none\"", in: bars) == 2)
    #expect(
      bars.contains("opencl:0 trains 2.00 times as fast as cpu (95 % interval 1.50 to 2.50)."))
    #expect(bars.contains("&lt;opencl:0&gt;"))
    let points = [16, 64].map { Self.point("\($0)") }.joined(separator: ",")
    let sweep = Self.comparison.replacingOccurrences(of: "SWEEP", with: "\"width\"")
      .replacingOccurrences(of: "POINTS", with: points)
    let curves = try page([sweep])
    // Rates of two devices, ratios of one.
    #expect(count("class=\"point\"", in: curves) == 6)
    #expect(count("class=\"ink rule\"", in: curves) == 1)
    #expect(curves.contains("faster than cpu from a width of about 32 on"))
  }

  @Test("A profile has shares and a roofline")
  func profile() throws {
    let page = try page([
      """
      {"traceEvents":[],"lamina":{"device":"d","network":"n","ceilings":{"gigaflops_per_second":100,"gigabytes_per_second":10},
      "kernels":[{"name":"matmul 4×5×6","calls":2,"seconds":0.5,"operations":1e9,"bytes":1e8},{"name":"fill","calls":1,"seconds":0.5,"operations":0,"bytes":8}]}}
      """
    ])
    expectSelfContained(page)
    #expect(count("class=\"bar\"", in: page) == 2)
    // A product and another kernel; the roof has three points.
    #expect(count("class=\"point\"", in: page) == 5)
  }

  @Test("What is no results file is refused, as is a newer schema")
  func refusals() throws {
    #expect(throws: JobError.self) { try page(["nothing\n"]) }
    #expect(throws: JobError.self) { try page([""]) }
    #expect(throws: JobError.self) { try ReportInputs(paths: ["/nowhere"]) }
    let newer = #expect(throws: JobError.self) { try page(["{\"schema_version\":99}\n"]) }
    #expect("\(try #require(newer))".contains("version 99"))
  }
}
