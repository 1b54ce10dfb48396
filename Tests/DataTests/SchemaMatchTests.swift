import Lamina
import Testing

@testable import LaminaData

/// New data are matched to the columns of the training data.
struct SchemaMatchTests {
  private let reading: TableReading

  init() throws { reading = try TableReading() }

  private static let train = "height,weight,score\n1,10,a\n2,20,b\n"

  @Test func columnsAreMatchedByName() throws {
    let schema = try reading.part(Self.train).schema()
    let same = try reading.part("height,weight,score\n3,30,b\n", schema: schema)
    #expect(same.numbers == [3, 30] && same.decisions.isEmpty)
    let other = try reading.part("score,weight,height\nb,30,3\nc,40,4\n", schema: schema)
    #expect(other.numbers == [3, 30, 4, 40] && other.texts() == ["b", "c"])
    #expect(other.columns.map(\.name) == ["height", "weight"])
    #expect(other.targets.map(\.name) == ["score"])
    #expect(other.decision("column-order")?.contains("another order") == true)
  }

  @Test func columnsThatAreMoreAreIgnored() throws {
    let schema = try reading.part(Self.train).schema()
    // Their text does not matter any more.
    let part = try reading.part(
      "id,height,weight,note,score\n7,3,30,what?,b\n", schema: schema)
    #expect(part.numbers == [3, 30] && part.texts() == ["b"])
    #expect(
      part.decision("ignored-columns")
        == "2 columns are neither inputs nor targets of the model and are ignored: id, note")
    #expect(part.decision("column-order") == nil)
  }

  @Test func whatIsMissingIsListed() throws {
    let schema = try reading.part(Self.train).schema()
    #expect(
      reading.problem("height,score,x\n3,b,1\n", schema: schema)
        .contains("the input column \"weight\" is missing; there are 3: height, score, x"))
    #expect(
      reading.problem("x,score\n3,b\n", schema: schema)
        .contains("the input columns \"height\", \"weight\" are missing"))
    #expect(
      reading.problem("height,weight\n3,4\n", schema: schema)
        .contains("the target column \"score\" is missing"))
    // Names are compared byte by byte, so letter case matters.
    #expect(
      reading.problem("Height,weight,score\n3,4,a\n", schema: schema)
        .contains("the input column \"height\" is missing"))
  }

  @Test func aHeaderIsNeededWhereNamesDecide() throws {
    let schema = try reading.part(Self.train).schema()
    #expect(
      reading.problem("3,30,b\n4,40,a\n", schema: schema)
        .contains("add a header with height, weight, score"))
    // Known names make a header, whatever is below them.
    let part = try reading.part("height,weight,score\n3,30,b\n", schema: schema)
    #expect(part.places.description(of: 0) == "line 2")
    #expect(
      reading.problem("height,weight,score\nNA,30,b\n", schema: schema)
        .contains("line 2, column 1 (height) has no value"))
  }

  @Test func optionsThatNameFormerColumnsAreNoError() throws {
    let options = DataOptions(targetColumns: ["score"], ignoredColumns: ["id"])
    let train = try reading.part("id,height,weight,score\n1,1,10,a\n2,2,20,b\n", options)
    let schema = train.schema()
    #expect(try reading.part(Self.train, options, schema: schema).numbers == [1, 10, 2, 20])
    // Columns that the training left out are left out without a notice.
    let same = try reading.part("id,weight,height,score\n1,10,1,a\n", options, schema: schema)
    #expect(same.numbers == [1, 10] && same.decision("ignored-columns") == nil)
  }

  @Test func weightsAreFoundByName() throws {
    let options = DataOptions(weightColumn: "w")
    let schema = try reading.part("x,w,y\n1,0.5,a\n2,1,b\n", options).schema()
    let part = try reading.part("w,y,x\n2,a,5\n", options, schema: schema)
    #expect(part.numbers == [5] && part.weights?.number(0) == 2)
  }

  @Test func namesThatAreAlikeAreMatchedInTheirOrder() throws {
    let schema = try reading.part("a,a,y\n1,2,p\n3,4,q\n").schema()
    let part = try reading.part("y,a,a\np,1,2\n", schema: schema)
    #expect(part.numbers == [1, 2])
    #expect(
      reading.problem("a,y,a,a\n1,p,2,3\n", schema: schema)
        .contains("columns 1 and 3 and 4 are all named \"a\""))
  }

  @Test func anIndexThatWasLeftOutNeedNotBeThere() throws {
    let schema = try reading.part(",a,y\n0,1.5,p\n1,2.5,q\n").schema()
    #expect(try reading.part("a,y\n3.5,p\n", schema: schema).numbers == [3.5])
    let part = try reading.part(",a,y\n17,3.5,p\n", schema: schema)
    #expect(part.numbers == [3.5])
    #expect(part.decision("ignored-columns")?.contains("column 1") == true)
  }

  @Test func columnsWithoutNamesAreMatchedByPlace() throws {
    let schema = try reading.part("1,2,a\n3,4,b\n").schema()
    #expect(try reading.part("5,6,b\n", schema: schema).numbers == [5, 6])
    let named = try reading.part("p,q,r\n5,6,b\n", schema: schema)
    #expect(named.numbers == [5, 6] && named.decision("columns-by-place") != nil)
    for text in ["5,6,7,b\n", "5,b\n", "5,6\n"] {
      let problem = reading.problem(text, schema: schema)
      #expect(problem.contains("but the training data had 3, 1 of them the target"), "\(problem)")
    }
  }

  @Test func placesCountWhatWasLeftOut() throws {
    let options = DataOptions(targetColumns: [1], ignoredColumns: [3])
    let schema = try reading.part("a,2,x,4\nb,3,y,5\n", options).schema()
    #expect(try reading.part("a,7,z,8\n", options, schema: schema).numbers == [7, 8])
    #expect(
      reading.problem("a,7,8\n", options, schema: schema)
        .contains("there are 3 columns, but the training data had 4"))
  }

  @Test func autoEncodersHaveNoTargets() throws {
    let options = DataOptions(task: .autoEncoding)
    let schema = try reading.part("a,b\n1,2\n3,4\n", options).schema(task: .autoEncoding)
    #expect(try reading.part("b,a\n2,1\n", options, schema: schema).numbers == [1, 2])
    let place = try reading.part("1,2\n3,4\n", options).schema(task: .autoEncoding)
    #expect(try reading.part("5,6\n", options, schema: place).numbers == [5, 6])
    #expect(reading.problem("5,6,7\n", options, schema: place).contains("there are 3 columns"))
  }

  private static let nominal = """
    @attribute colour {red,green,blue}
    @attribute n real
    @attribute y {p,q}
    @data
    red,1,p
    blue,2,q
    """

  @Test func nominalValuesAreMatchedByText() throws {
    let schema = try reading.part(Self.nominal, name: "t.arff").schema()
    let other = """
      @attribute y {q,p}
      @attribute n real
      @attribute colour {blue,red}
      @data
      p,1,red
      q,2,blue
      """
    let part = try reading.part(other, schema: schema, name: "u.arff")
    #expect(part.numbers == [1, 0, 0, 1, 0, 0, 1, 2] && part.texts() == ["p", "q"])
    #expect(part.columns == schema.columns && part.decision("column-order") != nil)
    // A CSV file contains the values without declaring them.
    let table = try reading.part("y,n,colour\np,1,green\n", schema: schema)
    #expect(table.numbers == [0, 1, 0, 1])
    let unknown = reading.problem("y,n,colour\np,1,green\nq,1,pink\n", schema: schema)
    #expect(
      unknown.contains(
        "line 3, column 3 (colour) is \"pink\", but the training data had only red, green, blue"))
    let more = other.replacing("{blue,red}", with: "{pink,blue,red}")
    #expect(try reading.part(more, schema: schema, name: "u.arff").numbers == part.numbers)
    #expect(
      reading.problem(more.replacing("q,2,blue", with: "q,2,pink"), schema: schema, name: "u.arff")
        .contains("line 6, column 3 (colour) is \"pink\""))
  }

  @Test func labelFilesAreNotNeededAgain() throws {
    let text = "@attribute x real\n@attribute a {0,1}\n@attribute b {0,1}\n@data\n1,0,1\n"
    try reading.folder.write(
      Array("<labels><label name=\"a\"/><label name=\"b\"/></labels>".utf8), to: "t.xml")
    let train = try reading.part(text, name: "t.arff")
    #expect(train.task == .multiLabel)
    let part = try reading.part(
      text, schema: train.schema(task: .multiLabel), name: "other.arff")
    #expect(part.targets.map(\.name) == ["a", "b"] && part.task == .multiLabel)
    #expect(part.numbers == [1])
  }

  /// The other parts of a data set are matched to the training part.
  @Test func furtherPartsFollowTheTrainingPart() throws {
    let folder = reading.folder
    try folder.write(Array("a;b;y\n1,5;2;p\n2,5;3;q\n".utf8), to: "train.csv")
    // Alone, these commas could be thousands separators.
    try folder.write(Array("y;extra;b;a\nq;x;7;1,500\n".utf8), to: "test.csv")
    let data = try DataSource(folder.path).read()
    #expect(data.split.test.numbers == [1.5, 7] && data.split.test.featureNames == ["a", "b"])
    #expect(data.split.test.labels == [1])
    let subjects = data.decisions.map(\.subject)
    #expect(subjects.contains("column-order") && subjects.contains("ignored-columns"))
    #expect(data.schema.decimal == .comma)
    // The model reads further data in the same way.
    let new = try folder.write(Array("b;y;a\n8;p;2,750\n".utf8), to: "new.csv")
    let test = try DataSource(new, schema: data.schema).readTest().test
    #expect(test.numbers == [2.75, 8] && test.labels == [0])
    // Numbers with decimal points are still read as such.
    let points = try folder.write(Array("b,y,a\n8,p,2.750\n".utf8), to: "points.csv")
    #expect(try DataSource(points, schema: data.schema).readTest().test.numbers == [2.75, 8])
    let quoted = try folder.write(Array("b,y,a\n8,p,\"2,750\"\n".utf8), to: "quoted.csv")
    #expect(try DataSource(quoted, schema: data.schema).readTest().test.numbers == [2.75, 8])
  }

  @Test func modelsOfColumnsWithoutNamesKnowWhatWasLeftOut() throws {
    let rows = (0..<40).map { "\($0),\($0 % 2 == 0 ? "p" : "q"),x\($0)" }.joined(separator: "\n")
    let path = try reading.folder.write(Array(rows.utf8), to: "t.csv")
    let options = DataOptions(targetColumns: [2], ignoredColumns: [3])
    let schema = try DataSource(path, options: options).read().schema
    let new = try reading.folder.write(Array("5,q,y\n6,p,z\n".utf8), to: "n.csv")
    let test = try DataSource(new, options: options, schema: schema).readTest().test
    #expect(test.numbers == [5, 6] && test.labels == [1, 0])
  }

  @Test func newDataNeedNoWeights() throws {
    let options = DataOptions(targetColumns: ["y"], weightColumn: "w")
    let trained = try reading.part("a,w,y\n1,2,p\n3,4,q\n", options)
    let new = try reading.part("y,a\np,5\nq,6\n", options, schema: trained.schema())
    #expect(new.numbers == [5, 6] && new.weights == nil)
    #expect(
      new.decision("weights") == "there is no weight column w: all examples count equally")
    let weighted = try reading.part("w,y,a\n7,p,5\n8,q,6\n", options, schema: trained.schema())
    #expect(weighted.weights?.text(1) == "8")
  }
}
