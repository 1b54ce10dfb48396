import Lamina

extension Dataset {
  /// The examples with the classes of a model, in the order of the model.
  func matched(to schema: DataSchema) throws(DataError) -> Dataset {
    guard targets.task == schema.task else {
      throw .targets(path: name, .otherTask(found: targets.task, wanted: schema.task))
    }
    guard case .classes(let classes, let names) = targets, names != schema.outputs else {
      return self
    }
    let places = Dictionary(places: schema.outputs)
    var matched: [Int32] = []
    for (row, number) in classes.enumerated() {
      guard let place = places[ExactText(names[Int(number)])] else {
        throw .targets(
          path: name,
          .unknownClass(place: "example \(row)", text: names[Int(number)], known: schema.outputs))
      }
      matched.append(Int32(place))
    }
    return with(targets: .classes(matched, classNames: schema.outputs))
  }
}
