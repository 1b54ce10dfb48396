import Testing

@testable import LaminaCPU

/// How many threads a process may use, by what the system says of processors, masks and quotas.
@Suite struct ProcessorShareTests {
  private static let wholeMachine = FakeSystem.hyperThreads(cores: 4)

  @Test func hyperThreadsOfACoreCountAsOne() throws {
    let system = try FakeSystem(Self.wholeMachine)
    let share = system.share(affinity: Array(0..<8))
    #expect([share.present, share.usable, share.cores] == [8, 8, 4])
    #expect(share.coreThreads == 4 && share.mostThreads == 8)
    // Both hyper-threads of one core, and one of another.
    let part = system.share(affinity: [1, 2, 5])
    #expect([part.present, part.usable, part.cores] == [8, 3, 2])
    #expect(part.coreThreads == 2 && part.mostThreads == 3)
    #expect(part.text == "3 of 8 processors usable, on 2 cores")
  }

  @Test func newerKernelsNameTheSiblingsOtherwise() throws {
    let system = try FakeSystem([
      "/sys/devices/system/cpu/online": "0-3\n",
      "/sys/devices/system/cpu/cpu0/topology/core_cpus_list": "0-1\n",
      "/sys/devices/system/cpu/cpu1/topology/core_cpus_list": "0-1\n",
      "/sys/devices/system/cpu/cpu2/topology/core_cpus_list": "2-3\n",
      "/sys/devices/system/cpu/cpu3/topology/core_cpus_list": "2-3\n",
    ])
    #expect(system.share(affinity: [0, 1, 2, 3]).cores == 2)
  }

  /// Masks of large machines are longer than a word, and than the C library's type.
  @Test func processorsBeyond1024Count() throws {
    let system = try FakeSystem(["/sys/devices/system/cpu/online": "0-2047\n"])
    let share = system.share(affinity: [63, 64, 1023, 1024, 2047])
    #expect([share.present, share.usable, share.cores] == [2048, 5, 5])
  }

  @Test func withoutAMaskAllProcessorsAreUsable() throws {
    let system = try FakeSystem(["/sys/devices/system/cpu/online": "0-2,5\n"])
    #expect(system.share(affinity: nil).usable == 4)
  }

  /// No file at all: as many as the C library says.
  @Test func aSystemThatTellsNothingHasItsProcessors() throws {
    let share = try FakeSystem([:]).share(affinity: nil)
    #expect(share.usable >= 1 && share.cores == share.usable && share.quota == nil)
  }

  @Test func thisProcessRunsSomewhere() throws {
    let mask = try #require(ProcessorShare.affinity())
    #expect(!mask.isEmpty && mask == Array(Set(mask)).sorted() && mask.allSatisfy { $0 >= 0 })
  }

  /// A quota counts as the nearest number of threads, and as one at least.
  @Test(arguments: [
    ("100000 100000", 1), ("50000 100000", 1), ("140000 100000", 1), ("150000 100000", 2),
    ("250000 50000", 5), ("900000 100000", 8), ("max 100000", 8), ("nonsense", 8), ("", 8),
    ("-1 100000", 8), ("100000 0", 8),
  ])
  func quotasLimitThreads(text: String, threads: Int) throws {
    let system = try FakeSystem(
      Self.wholeMachine.merging([
        "/proc/self/cgroup": "0::/\n",
        "/proc/self/mountinfo": Self.unified(root: "/"),
        "/sys/fs/cgroup/cpu.max": text + "\n",
      ]) { $1 })
    let share = system.share(affinity: Array(0..<8))
    #expect(share.mostThreads == threads)
    #expect(share.coreThreads == min(4, threads))
  }

  private static func unified(root: String) -> String {
    """
    30 23 0:26 / /proc rw,nosuid shared:5 - proc proc rw
    31 23 0:27 \(root) /sys/fs/cgroup ro,nosuid shared:9 master:3 - cgroup2 cgroup rw,nsdelegate

    """
  }

  /// Of nested groups each has a limit, and the least counts, wherever it stands.
  @Test(arguments: ["/a.slice", "/a.slice/b", "/a.slice/b/c.scope"])
  func theLeastLimitOnTheWayUpCounts(folder: String) throws {
    var files = [
      "/proc/self/cgroup": "0::/a.slice/b/c.scope\n",
      "/proc/self/mountinfo": Self.unified(root: "/"),
    ]
    for group in ["/a.slice", "/a.slice/b", "/a.slice/b/c.scope", "/other"] {
      files["/sys/fs/cgroup\(group)/cpu.max"] = "400000 100000\n"
    }
    files["/sys/fs/cgroup/other/cpu.max"] = "100000 100000\n"
    files["/sys/fs/cgroup\(folder)/cpu.max"] = "225000 100000\n"
    #expect(try FakeSystem(files).quota == 2.25)
  }

  /// A container sees its own group at the mount point, whatever the path in the list says.
  @Test(arguments: [("/docker/1f", "/docker/1f"), ("/", "/"), ("/docker/1f", "/"), ("/../x", "/")])
  func containersSeeTheirOwnGroup(root: String, path: String) throws {
    let system = try FakeSystem([
      "/proc/self/cgroup": "0::\(path)\n", "/proc/self/mountinfo": Self.unified(root: root),
      "/sys/fs/cgroup/cpu.max": "300000 100000\n",
    ])
    #expect(system.quota == 3)
  }

  @Test(arguments: [("-1", nil), ("150000", 1.5), ("0", nil)] as [(String, Double?)])
  func version1HasItsQuotaInTwoFiles(quota: String, expected: Double?) throws {
    let system = try FakeSystem([
      "/proc/self/cgroup": "5:cpuset:/x\n4:cpu,cpuacct:/batch/job 7\n0::/elsewhere\n",
      "/proc/self/mountinfo": """
      32 31 0:29 / /sys/fs/cgroup/cpuset rw - cgroup cgroup rw,cpuset
      33 31 0:30 / /sys/fs/cgroup/cpu\\040acct rw,relatime - cgroup cgroup rw,cpu,cpuacct
      41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
      """,
      "/sys/fs/cgroup/cpu acct/batch/job 7/cpu.cfs_quota_us": "\(quota)\n",
      "/sys/fs/cgroup/cpu acct/batch/job 7/cpu.cfs_period_us": "100000\n",
      "/sys/fs/cgroup/cpu acct/batch/cpu.cfs_quota_us": "-1\n",
      "/sys/fs/cgroup/cpu acct/batch/cpu.cfs_period_us": "100000\n",
    ])
    #expect(system.quota == expected)
  }

  @Test func theTextTellsTheQuota() throws {
    let system = try FakeSystem(
      Self.wholeMachine.merging([
        "/proc/self/cgroup": "0::/\n", "/proc/self/mountinfo": Self.unified(root: "/"),
        "/sys/fs/cgroup/cpu.max": "250000 100000\n",
      ]) { $1 })
    let share = system.share(affinity: Array(0..<8))
    #expect(share.text == "8 of 8 processors usable, on 4 cores, a CPU quota of 2.5")
  }
}
