# results.jsonl as a section for Benchmarks/README.md: each case of a line adds to a table.

# Adds a value to a list of a table.
function add(key, value) {
  if (value == "") return
  values[key, ++count[key]] = value + 0
}

function median(key, number, i, j, one, sorted) {
  number = count[key]
  for (i = 1; i <= number; i++) {
    one = values[key, i]
    for (j = i - 1; j > 0 && sorted[j] > one; j--) sorted[j + 1] = sorted[j]
    sorted[j + 1] = one
  }
  return number % 2 ? sorted[(number + 1) / 2] : (sorted[number / 2] + sorted[number / 2 + 1]) / 2
}

# A time in three digits or more.
function figure(value) {
  value += 0
  return sprintf(value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value)
}

function know_network(network) {
  network = member("network") ":" member("batch_size")
  if (!(network in known_networks)) {
    known_networks[network] = 1
    networks[++network_count] = network
  }
  return network
}

function know_product(by, operation, shape, product) {
  operation = member("operation")
  shape = member("shape")
  if (split(shape, sizes, ",") < 3 || sizes[1] < 16 || sizes[2] < 16 || sizes[3] < 16) return
  product = operation " " shape
  if (!(product in work)) {
    work[product] = 2e-6 * sizes[1] * sizes[2] * sizes[3]
    products[++product_count] = product
  }
  add("product " by " " product, member("microseconds"))
}

{ kind = member("case") }

kind == "job" {
  device = member("device"); device_name = member("device_name"); driver = member("driver")
  date = substr(member("date"), 1, 10); version = member("lamina_version"); commit = member("commit")
  processor = member("processor"); processors = member("processors"); command = member("command")
}
kind == "verdict" { verdict = member("verdict") }
kind == "library" && member("version") != "" && !(member("library") in libraries) {
  libraries[member("library")] = 1
  versions = versions ", " member("library") " " member("version")
  if (member("cuda") != "") versions = versions " with CUDA " member("cuda")
}
kind == "library" && member("error") != "" && !(member("library") in missing) {
  missing[member("library")] = 1
  problems[++problem_count] = member("error")
}
kind == "sample" { add("network " member("peer") " " know_network(), member("microseconds_per_step")) }
kind == "step" && member("part") ~ /^step-/ {
  by = member("device") == "cpu" ? "Lamina, CPU" : "Lamina in turns with the CPU"
  add("network " by " " know_network(), member("microseconds_per_step"))
}
kind == "product" { know_product(member("by")); has_products = 1 }
kind == "matmul" && member("part") == "matmul" && !has_products {
  if (member("device") == device) know_product("Lamina")
}
kind == "kernel" && member("part") == "latencies" {
  if (!((operation = member("operation")) in latency)) latencies[++latency_count] = operation
  latency[operation] = member("microseconds")
}
kind == "peer" && member("error") != "" {
  network = member("network")
  gsub(/,/, "-", network)
  problems[++problem_count] = member("peer") ", " network ": " member("error")
}
kind == "part" && member("status") != "ok" {
  problems[++problem_count] = member("part") " " member("status") ": " member("reason")
}

# The cell of a way of training; in brackets how many times as fast Lamina is.
function cell(by, network, ours, theirs) {
  if (!count["network " by " " network]) return "-"
  theirs = median("network " by " " network)
  if (by == "Lamina" || !ours) return figure(theirs)
  return figure(theirs) sprintf(" (%.2f)", theirs / ours)
}

function print_networks(i, j, title, ours, line, number, by) {
  number = split("PyTorch, eager|PyTorch, CUDA graph|PyTorch, compiled|JAX, scan|Lamina, CPU", by, "|")
  print "\nMicroseconds a step; in brackets how many times as fast Lamina is on the device.\n"
  line = "| network, batch | Lamina |"
  for (j = 1; j <= number; j++) line = line " " by[j] " |"
  print line
  print "|---|---:|---:|---:|---:|---:|---:|"
  for (i = 1; i <= network_count; i++) {
    title = networks[i]
    sub(/:/, "; ", title); gsub(/,/, "-", title); sub(/;/, ",", title)
    # Without Python there are only the samples in turns with the processor.
    ours = count["network Lamina " networks[i]] ? "Lamina" : "Lamina in turns with the CPU"
    ours = count["network " ours " " networks[i]] ? median("network " ours " " networks[i]) : 0
    line = "| " title " | " (ours ? figure(ours) : "-") " |"
    for (j = 1; j <= number; j++) line = line " " cell(by[j], networks[i], ours) " |"
    print line
  }
}

function rate(by, product) {
  return count["product " by " " product] ? work[product] / median("product " by " " product) : 0
}

function print_products(i, title, ours, theirs) {
  print "\nProducts (rows x columns x depth) in TFLOP/s.\n"
  print "| product | Lamina | cuBLAS | Lamina / cuBLAS |"
  print "|---|---:|---:|---:|"
  for (i = 1; i <= product_count; i++) {
    title = products[i]
    gsub(/,/, "x", title)
    ours = rate("Lamina", products[i])
    theirs = rate("cuBLAS", products[i])
    print "| " title " | " (ours ? figure(ours) : "-") " | " (theirs ? figure(theirs) : "-") " | " \
      (ours && theirs ? sprintf("%.2f", ours / theirs) : "-") " |"
  }
}

function print_latencies(i) {
  print "\nOperations of next to no work, in a row, in microseconds; `update` is one launch.\n"
  print "| operation | |"
  print "|---|---:|"
  for (i = 1; i <= latency_count; i++) print "| " latencies[i] " | " figure(latency[latencies[i]]) " |"
}

END {
  print "### " device_name "\n"
  print "Driver " driver ", beside " processors " processors of " processor ", " date \
    ". Lamina " version " (" substr(commit, 1, 10) ")" versions "; fp32, TF32 off, momentum 0.9."
  print "`" command "`. " (verdict == "" ? "" : "`lamina check`: " verdict ".")
  if (network_count) print_networks()
  if (product_count) print_products()
  if (latency_count) print_latencies()
  if (problem_count) print ""
  for (i = 1; i <= problem_count; i++) print "- " problems[i]
}
