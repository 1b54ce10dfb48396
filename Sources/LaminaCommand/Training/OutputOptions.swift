import ArgumentParser

/// The files that a training writes in addition to its model and log.
struct OutputOptions: ParsableArguments {
  @Option("Write event files for TensorBoard to this folder.", value: "folder")
  var tensorboard: String?

  @Option(
    """
    Time each kernel and matrix product, which slows training down. Print a table at the end, and \
    write a trace for Perfetto and chrome://tracing here (JSON).
    """, value: "file") var profile: String?
}
