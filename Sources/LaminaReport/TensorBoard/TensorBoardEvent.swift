import LaminaData

/// A TensorBoard event (`tensorflow.Event`) and its record in a TFRecord file.
package enum TensorBoardEvent {
  /// The event at the start of each file.
  package static func version(time: Double) -> [UInt8] {
    record { event in
      event.add(1, time)
      event.add(3, "brain.Event:2")
    }
  }

  /// Named numbers at a step.
  package static func scalars(
    _ values: [(name: String, value: Double)], step: Int, time: Double
  ) -> [UInt8] {
    summary(
      values.map { name, value in
        var item = ProtobufMessage()
        item.add(1, name)
        item.add(2, Float(value))
        return item
      }, step: step, time: time)
  }

  /// A text in Markdown.
  package static func text(_ name: String, _ text: String, time: Double) -> [UInt8] {
    var plugin = ProtobufMessage()
    plugin.add(1, "text")
    var metadata = ProtobufMessage()
    metadata.add(1, plugin)
    var dimension = ProtobufMessage()
    dimension.add(1, Int64(1))
    var shape = ProtobufMessage()
    shape.add(2, dimension)
    // A tensor of one string (`DT_STRING` is 7).
    var tensor = ProtobufMessage()
    tensor.add(1, Int64(7))
    tensor.add(2, shape)
    tensor.add(8, text)
    var item = ProtobufMessage()
    item.add(1, name)
    item.add(8, tensor)
    item.add(9, metadata)
    return summary([item], step: 0, time: time)
  }

  private static func summary(_ items: [ProtobufMessage], step: Int, time: Double) -> [UInt8] {
    var summary = ProtobufMessage()
    for item in items { summary.add(1, item) }
    return record { event in
      event.add(1, time)
      event.add(2, Int64(step))
      event.add(5, summary)
    }
  }

  /// The record: length, checksum of the length, event, checksum of the event.
  private static func record(_ fill: (inout ProtobufMessage) -> Void) -> [UInt8] {
    var event = ProtobufMessage()
    fill(&event)
    let length = littleEndian(UInt64(event.bytes.count))
    return length + littleEndian(CRC32C.masked(length)) + event.bytes
      + littleEndian(CRC32C.masked(event.bytes))
  }
}
