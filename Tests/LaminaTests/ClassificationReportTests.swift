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
  }

  @Test func crossEntropyIsStable() {
    let report = ClassificationReport(
      outputs: [1e4, -1e4, 0, 0], labels: [0, 1], classCount: 2)
    // 0 for the first row, ln 2 for the second.
    #expect(abs(report.meanCrossEntropy - 0.5 * 0.6931471805599453) < 1e-12)
  }

  @Test func notANumberNeverWins() {
    #expect(ClassificationReport.prediction([.nan, 1, 2] as [Float]) == 2)
    #expect(ClassificationReport.prediction([.nan, .nan] as [Float]) == 0)
    #expect(ClassificationReport.prediction([-.infinity, -.infinity] as [Float]) == 0)
  }

  @Test func probabilitiesAddUpToOne() {
    let probabilities = Softmax.probabilities([1000, 1000, -1000] as [Float])
    #expect(probabilities == [0.5, 0.5, 0])
  }
}
