/// The control groups of this process, as far as they limit its processor time.
///
/// A container or a batch system sets such a limit on any group above the process's own, so all
/// groups up to the root count.
struct ControlGroup {
  private let files: SystemFiles

  init(_ files: SystemFiles) { self.files = files }

  /// The processor time that the process can use, such as 2.5 processors: the smallest of all
  /// limits; nil without limits.
  var quota: Double? {
    let groups = memberships
    return mounts.flatMap { mount in
      groups.first { $0.isUnified == mount.isUnified }.map { quotas(of: $0.path, in: mount) } ?? []
    }.min()
  }

  /// A group that the process belongs to.
  private struct Membership {
    let isUnified: Bool
    let path: String
  }

  /// A file system with groups.
  private struct Mount {
    /// Version 2 of control groups, or the controller `cpu` of version 1.
    let isUnified: Bool
    /// The group that is seen at the mount point.
    let root: String
    let point: String
  }

  /// From lines `0::/path` of version 2 and `4:cpu,cpuacct:/path` of version 1.
  private var memberships: [Membership] {
    lines(of: "/proc/self/cgroup").compactMap { line in
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { return nil }
      let isUnified = parts[0] == "0" && parts[1].isEmpty
      guard isUnified || parts[1].split(separator: ",").contains("cpu") else { return nil }
      return Membership(isUnified: isUnified, path: String(parts[2]))
    }
  }

  /// From lines `32 31 0:29 /root /point options - type source options`.
  private var mounts: [Mount] {
    lines(of: "/proc/self/mountinfo").compactMap { line in
      let words = line.split(separator: " ")
      guard words.count > 4, let dash = words.firstIndex(of: "-"), dash + 3 < words.count else {
        return nil
      }
      let isUnified = words[dash + 1] == "cgroup2"
      let isProcessor =
        words[dash + 1] == "cgroup" && words[dash + 3].split(separator: ",").contains("cpu")
      guard isUnified || isProcessor else { return nil }
      return Mount(
        isUnified: isUnified, root: Self.unescaped(words[3]), point: Self.unescaped(words[4]))
    }
  }

  /// The limits of a group and of all above it that can be seen.
  private func quotas(of path: String, in mount: Mount) -> [Double] {
    var quotas: [Double] = []
    var folder = relative(path, to: mount.root)
    while true {
      if let quota = quota(in: mount.point + folder, isUnified: mount.isUnified) {
        quotas.append(quota)
      }
      guard let slash = folder.lastIndex(of: "/") else { return quotas }
      folder = String(folder[..<slash])
    }
  }

  /// The path below the mount point; empty if the group is not visible there.
  private func relative(_ path: String, to root: String) -> String {
    let root = root == "/" ? "" : root
    guard path.hasPrefix(root + "/") else { return "" }
    let rest = path.dropFirst(root.count)
    return rest == "/" || rest.split(separator: "/").contains("..") ? "" : String(rest)
  }

  private func quota(in folder: String, isUnified: Bool) -> Double? {
    let words =
      isUnified
      ? files.words(folder + "/cpu.max")
      : ["quota", "period"].compactMap { files.words(folder + "/cpu.cfs_\($0)_us")?.first }
    // The word `max` and the number -1 mean that there is no limit.
    guard let words, words.count == 2, let time = Double(words[0]), let period = Double(words[1]),
      time > 0, period > 0
    else { return nil }
    return time / period
  }

  private func lines(of path: String) -> [Substring] {
    files.text(path)?.split(separator: "\n") ?? []
  }

  /// With the spaces that the list of mounts writes as `\040`.
  private static func unescaped(_ path: Substring) -> String {
    path.split(separator: "\\040", omittingEmptySubsequences: false).joined(separator: " ")
  }
}
