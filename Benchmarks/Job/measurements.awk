# The lines of `lamina-benchmark --json` as a table.

function rounded(value, form) { return value == "" ? "-" : sprintf(form, value) }
BEGIN {
  form = "%-58s %-10s %12s %10s %8s %7s %8s %6s\n"
  printf form, "", "device", "median us", "samples/s", "GFLOP/s", "GB/s", "of peak", "ratio"
}
/^[{].*[}]$/ && member("operation") != "" {
  what = member("operation")
  if (member("network") != "") {
    what = what " " member("network"); gsub(/,/, "-", what)
    what = what " x " member("batch_size")
  }
  if (member("shape") != "") { shape = member("shape"); gsub(/,/, "x", shape); what = what " " shape }
  time = member("microseconds_per_step")
  if (time == "") time = member("microseconds")
  share = member("share_of_peak")
  printf form, what, member("device"), rounded(time, "%.2f"),
    rounded(member("samples_per_second"), "%.0f"), rounded(member("gflops"), "%.1f"),
    rounded(member("gigabytes_per_second"), "%.1f"), share == "" ? "-" : sprintf("%.0f %%", 100 * share),
    rounded(member("ratio"), "%.2f")
}
