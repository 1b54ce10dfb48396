import Foundation
import Lamina
import Testing

@Suite struct ClassificationReportTests {
  /// Three classes, worked by hand.
  @Test func countsAndShares() {
    let outputs: [Float] = [
      2, 0, 0,  // 0 taken for 0
      0, 3, 1,  // 0 taken for 1
      0, 1, 0,  // 1 taken for 1
      1, 1, 0,  // 1 taken for 0: the first of equals
      0, 0, 5,  // 2 taken for 2
    ]
    let report = ClassificationReport(outputs: outputs, labels: [0, 0, 1, 1, 2], classCount: 3)
    #expect(report.confusionMatrix == [[1, 1, 0], [1, 1, 0], [0, 0, 1]])
    #expect(report.count == 5)
    #expect(report.accuracy == 0.6)
    // Class 0: 1 missed, 1 wrongly named, of 5.
    #expect(report.classWiseAccuracy == [0.6, 0.6, 1])
    #expect(report.recall == [0.5, 0.5, 1])
    // The second row's label is behind two others, the fourth's behind its equal.
    #expect(report.rankCounts == [3, 1, 1])
    #expect([0, 1, 2, 3, 9].map(report.topAccuracy) == [0, 0.6, 0.8, 1, 1])
  }

  @Test func goldenNumbersAreThere() {
    #expect(GoldenMetrics.numbers.classification.count == 10)
  }

  @Test(arguments: GoldenMetrics.numbers.classification)
  func agreesWithScikitLearn(_ golden: GoldenMetrics.Classification) throws {
    let report = ClassificationReport(
      outputs: golden.logits, labels: golden.labels, classCount: golden.classes)
    #expect(report.confusionMatrix == ConfusionMatrix(golden.confusion))
    expectSame([report.accuracy], [golden.accuracy], "accuracy")
    expectSame([report.topAccuracy(2)], [golden.top2], "top 2")
    expectSame([report.meanCrossEntropy], [golden.log_loss], "log loss")
    expectSame([report.brierScore], [golden.brier], "Brier score")
    try expectScores(
      report.confusionMatrix.classCounts, [golden.precision, golden.recall, golden.f1],
      golden.averages, report.precisionRecall)
    let areas = ROC.classAreas(
      logits: golden.logits, labels: golden.labels, classCount: golden.classes)
    #expect(areas.map { $0 == nil } == golden.areas.map { $0 == nil })
    expectSame(areas.compactMap(\.self), golden.areas.compactMap(\.self), "ROC AUC")
    let known = golden.areas.compactMap(\.self)
    #expect((ROC.macro(areas) == nil) == known.isEmpty)
    if let macro = ROC.macro(areas) {
      expectSame([macro], [known.reduce(0, +) / Double(known.count)], "macro ROC AUC")
    }
  }

  @Test func crossEntropyIsStable() {
    let report = ClassificationReport(
      outputs: [1e4, -1e4, 0, 0], labels: [0, 1], classCount: 2)
    // 0 for the first row, ln 2 for the second.
    #expect(abs(report.meanCrossEntropy - 0.5 * 0.6931471805599453) < 1e-12)
  }

  @Test func notANumberNeverWinsAndShows() {
    #expect(ClassificationReport.prediction([.nan, 1, 2] as [Float]) == 2)
    #expect(ClassificationReport.prediction([.nan, .nan] as [Float]) == 0)
    #expect(ClassificationReport.prediction([-.infinity, -.infinity] as [Float]) == 0)
    let report = ClassificationReport(
      outputs: [.nan, 1, 2, 3, 0, 0], labels: [0, 0], classCount: 3)
    #expect(report.confusionMatrix == [[1, 0, 1], [0, 0, 0], [0, 0, 0]])
    #expect(report.meanCrossEntropy.isNaN && report.brierScore.isNaN)
    #expect(report.topAccuracy(3) == 0.5, "an output that is no number has no rank")
    let areas = ROC.classAreas(logits: [.nan, 1, 2, 0], labels: [0, 1], classCount: 2)
    #expect(areas.allSatisfy { $0?.isNaN == true })
    #expect(ROC.macro(areas)?.isNaN == true)
  }

  @Test func noExamplesGiveNoLoss() {
    let report = ClassificationReport(outputs: [], labels: [], classCount: 3)
    #expect(report.count == 0 && report.accuracy.isNaN && report.topAccuracy(1).isNaN)
    #expect(report.meanCrossEntropy.isNaN && report.brierScore.isNaN)
    #expect(report.recall == [nil, nil, nil])
    for average in PrecisionRecall.Average.allCases {
      let scores = report.precisionRecall(average)
      #expect(scores.precision == nil && scores.recall == nil && scores.f1 == nil)
    }
    #expect(ROC.classAreas(logits: [], labels: [], classCount: 2) == [nil, nil])
    #expect(ROC.macro([nil, nil]) == nil)
  }

  @Test func equalScoresCountHalf() {
    #expect(ROC.area(scores: [1, 1, 1, 1], isPositive: [true, false, true, false]) == 0.5)
    #expect(ROC.area(scores: [0, 1, 1, 2], isPositive: [false, true, false, true]) == 0.875)
    #expect(ROC.area(scores: [-.infinity, .infinity], isPositive: [false, true]) == 1)
  }

  @Test func readsWhatItWrites() throws {
    let report = ClassificationReport(
      outputs: [2, 0, 0, 1, 3, 1], labels: [0, 1], classCount: 3)
    let text = try JSONEncoder().encode(report)
    #expect(try JSONDecoder().decode(ClassificationReport.self, from: text) == report)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(ConfusionMatrix.self, from: Data("[[1,2],[3]]".utf8))
    }
  }

  @Test func probabilitiesAddUpToOne() {
    let probabilities = Softmax.probabilities([1000, 1000, -1000] as [Float])
    #expect(probabilities == [0.5, 0.5, 0])
  }
}
