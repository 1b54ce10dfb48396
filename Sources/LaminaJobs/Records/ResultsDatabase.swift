import GRDB

/// The results of many runs in one SQLite database.
package struct ResultsDatabase {
  private let queue: DatabaseQueue
  private let path: String

  /// Opens or creates a database.
  ///
  /// - Parameter mustExist: Whether to refuse a missing database instead of creating it.
  package init(path: String, mustExist: Bool = false) throws(JobError) {
    self.path = path
    var configuration = Configuration()
    configuration.readonly = mustExist
    configuration.busyMode = .timeout(10)
    do {
      queue = try DatabaseQueue(path: path, configuration: configuration)
      let version = try queue.read { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 }
      guard version <= Record.schemaVersion else {
        throw JobError(
          .input,
          "\(path) was written with version \(version) of the schema, and this program reads "
            + "versions up to \(Record.schemaVersion); a newer Lamina can read it")
      }
      if !mustExist { try queue.write(Self.prepare) }
    } catch let error as JobError { throw error } catch {
      throw JobError(.input, "cannot use the database \(path): \(Self.reason(error))")
    }
  }

  private static func prepare(_ database: Database) throws {
    try database.execute(
      sql: """
        CREATE TABLE IF NOT EXISTS record (
          id INTEGER PRIMARY KEY, key TEXT NOT NULL, case_name TEXT NOT NULL, date TEXT NOT NULL,
          status TEXT NOT NULL, network TEXT NOT NULL, batch_size INTEGER NOT NULL,
          data TEXT NOT NULL, device TEXT NOT NULL, device_name TEXT, host TEXT NOT NULL,
          tool_commit TEXT, samples_per_second REAL, json TEXT NOT NULL,
          UNIQUE (key, date, host));
        PRAGMA user_version = \(Record.schemaVersion);
        """)
  }

  /// Adds records. Records that the database already has stay as they are.
  package func add(_ records: [Record]) throws(JobError) {
    do {
      try queue.write { database in
        for record in records {
          try database.execute(
            sql: """
              INSERT OR IGNORE INTO record (key, case_name, date, status, network, batch_size, data,
                device, device_name, host, tool_commit, samples_per_second, json)
              VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
              """,
            arguments: [
              record.key, record.caseName, record.date, record.status.rawValue,
              record.workload.network, record.workload.batchSize, record.workload.data,
              record.workload.device, record.device?.name, record.host.name, record.tool.commit,
              record.statistics?.samplesPerSecond.median, record.line,
            ])
        }
      }
    } catch {
      throw JobError(.failure, "cannot write the database \(path): \(Self.reason(error))")
    }
  }

  /// The records that did not fail, from the oldest to the newest.
  ///
  /// - Parameters:
  ///   - network: Selects networks whose name contains this.
  ///   - device: Selects devices whose selector or name contains this.
  package func records(network: String? = nil, device: String? = nil) throws(JobError) -> [Record] {
    do {
      let lines = try queue.read { database in
        try String.fetchAll(
          database,
          sql: """
            SELECT json FROM record WHERE status = 'ok'
              AND (:network IS NULL OR instr(network, :network) > 0)
              AND (:device IS NULL OR instr(lower(device), lower(:device)) > 0
                OR instr(lower(ifnull(device_name, '')), lower(:device)) > 0)
            ORDER BY date, id
            """, arguments: ["network": network, "device": device])
      }
      return lines.compactMap(Record.init(line:))
    } catch {
      throw JobError(.input, "cannot read the database \(path): \(Self.reason(error))")
    }
  }

  private static func reason(_ error: any Error) -> String {
    (error as? DatabaseError)?.message ?? "\(error)"
  }
}
