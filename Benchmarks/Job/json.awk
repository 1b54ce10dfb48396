# The text, number or list of a member of a JSON object in a line; of nested ones, the first of that name.
function member(name, rest, at) {
  at = index($0, "\"" name "\":")
  if (!at) return ""
  rest = substr($0, at + length(name) + 3)
  if (rest ~ /^\[/) { sub(/^\[/, "", rest); sub(/\].*/, "", rest); return rest }
  if (match(rest, /^"([^"\\]|\\.)*"/)) {
    rest = substr(rest, 2, RLENGTH - 2)
    gsub(/\\"/, "\"", rest)
    return rest
  }
  sub(/[,}].*/, "", rest)
  return rest == "null" ? "" : rest
}
