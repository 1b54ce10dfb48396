import FoundationEssentials
import Glibc
import LaminaData

/// A results file: JSON Lines, to which programs only append.
package struct RecordFile {
  /// The records that could be read.
  package private(set) var records: [Record] = []
  /// A sentence about each line that could not be read and was skipped.
  package private(set) var problems: [String] = []

  /// Reads a file.
  ///
  /// Damaged lines, and a last line that was cut short, are skipped and reported in ``problems``.
  ///
  /// - Throws: If the file cannot be read or has a newer schema.
  package init(path: String) throws(JobError) {
    let bytes: Data
    do { bytes = try Data(contentsOf: URL(filePath: path)) } catch {
      throw JobError(.input, "cannot read \(path): \(String(cString: strerror(errno)))")
    }
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where !line.isEmpty {
      try add(line, number: index + 1, isCut: index == lines.count - 1, of: path)
    }
  }

  private mutating func add(
    _ line: Data, number: Int, isCut: Bool, of path: String
  ) throws(JobError) {
    struct Head: Codable { var schemaVersion: Int }
    let decoder = Record.decoder
    if let head = try? decoder.decode(Head.self, from: line),
      head.schemaVersion > Record.schemaVersion
    {
      throw JobError(
        .input,
        "\(path), line \(number): written with version \(head.schemaVersion) of the schema, and this "
          + "program reads versions up to \(Record.schemaVersion); a newer Lamina can read it")
    }
    do { records.append(try decoder.decode(Record.self, from: line)) } catch {
      let state = isCut ? "was cut short" : "is damaged"
      problems.append("\(path), line \(number) \(state) and is skipped")
    }
  }

  /// The last record of each key, in the order in which the keys first appear.
  package var latest: [Record] {
    var places: [String: Int] = [:]
    var latest: [Record] = []
    for record in records {
      if let place = places[record.key] {
        latest[place] = record
      } else {
        places[record.key] = latest.count
        latest.append(record)
      }
    }
    return latest
  }
}

/// Adds records to a results file. Each record is on the disk when ``append(_:)`` returns.
package final class RecordWriter {
  private let path: String
  private let descriptor: Int32

  /// Opens or creates the file, so that a bad path is an error before anything runs.
  ///
  /// - Parameter isNew: Whether to refuse a file that is not empty.
  package init(path: String, isNew: Bool) throws(JobError) {
    self.path = path
    descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw JobError(.input, "cannot write \(path): \(String(cString: strerror(errno)))")
    }
    let length = lseek(descriptor, 0, SEEK_END)
    guard length > 0 else { return }
    if isNew {
      throw JobError(
        .input, "\(path) already has results; --resume adds to them, --output names another file")
    }
    var last: UInt8 = 0
    // A line that was cut short stays as a separate line.
    if pread(descriptor, &last, 1, length - 1) == 1, last != UInt8(ascii: "\n") {
      try write([0x0A])
    }
  }

  deinit { close(descriptor) }

  /// Adds a record. If that fails, for example on a full disk, the file stays as it was.
  package func append(_ record: Record) throws(JobError) {
    try write(Array((record.line + "\n").utf8))
  }

  private func write(_ bytes: [UInt8]) throws(JobError) {
    let length = lseek(descriptor, 0, SEEK_END)
    if let code = writeAll(bytes, to: descriptor) { throw failure(code, back: length) }
    // Pipes and similar files have no disk to wait for.
    if fsync(descriptor) != 0 && errno != EINVAL && errno != EROFS {
      throw failure(errno, back: length)
    }
  }

  private func failure(_ number: Int32, back length: off_t) -> JobError {
    if length >= 0 { ftruncate(descriptor, length) }
    return JobError(
      .failure,
      "cannot write \(path): \(String(cString: strerror(number))); the results so far are kept")
  }
}

extension Record {
  static var decoder: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return decoder
  }

  /// The record as a line of JSON, without the line break.
  package var line: String {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // All numbers are finite: a case with other numbers is a failed one without them.
    guard let data = try? encoder.encode(self) else { return "{}" }
    return String(decoding: data, as: UTF8.self)
  }

  /// Reads a line of JSON; nil if it is not a record.
  package init?(line: String) {
    guard let record = try? Self.decoder.decode(Record.self, from: Data(line.utf8)) else {
      return nil
    }
    self = record
  }
}
