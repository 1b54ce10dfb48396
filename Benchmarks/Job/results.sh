# The results of `gpu-job`: a report to read, and results.jsonl with everything; both grow line by line. Sourced by
# `gpu-job`, which sets $results, $report, $records, $cache, $end and $grace.

say() {
  # A reader that went away must not end the job.
  printf '%s\n' "$*" 2> /dev/null || true
  printf '%s\n' "$*" >> "$report"
}

show() {
  cat "$1" 2> /dev/null || true
  cat "$1" >> "$report"
}

# A text as JSON wants it.
quoted() {
  printf '"%s"' "$(printf '%s' "$1" | tr '\n\t' '  ' | tr -d '\000-\037' |
    sed 's/\\/\\\\/g; s/"/\\"/g')"
}

# Makes the tables of what there is so far.
tables() {
  awk -f "$helpers/json.awk" -f "$helpers/table.awk" "$records" > "$results/table.md.new" &&
    mv "$results/table.md.new" "$results/table.md"
}

pack() {
  rm -rf "$cache" "$results/rows"
  (cd "$output" && tar -cf - "$name") | gzip -9 > "$results.tar.gz"
}

child=''
stop() {
  trap '' HUP INT TERM
  say "ended by SIG$1"
  if [ -n "$child" ]; then
    kill "$child" 2> /dev/null || true
    wait "$child" 2> /dev/null || true
  fi
  printf '{"case":"end","status":"interrupted","signal":"SIG%s"}\n' "$1" >> "$records"
  tables && show "$results/table.md" || true
  pack
  exit "$2"
}

# --- Time.

# The seconds that are left for parts.
remaining() {
  echo $((end - $(date +%s)))
}

# leave_out NAME REASON: records that a part did not run.
leave_out() {
  say "-- $1: left out, $2"
  printf '{"case":"part","part":%s,"status":"left out","reason":%s}\n' \
    "$(quoted "$1")" "$(quoted "$2")" >> "$records"
}

# allot NAME SHARE LEAST: sets $limit to the share in percent of the seconds that are left, but to no
# fewer than LEAST; where there are not so many, the part is left out.
allot() {
  left=$(remaining)
  limit=$((left * $2 / 100))
  [ "$limit" -ge "$3" ] || limit=$3
  [ "$limit" -le "$left" ] && return 0
  [ "$left" -gt 0 ] || left=0
  leave_out "$1" "it takes $3 s or more, and $left s were left"
  return 1
}

# --- Parts.

failed_parts=''

# part NAME COMMAND...: runs a command for $limit seconds at most. What it prints goes to the report
# at once, its messages to NAME.errors.
part() {
  part_name=$1
  shift
  begin_part "$@"
  shown=$(wc -c < "$report")
  timeout -k "$grace" "$limit" "$@" >> "$report" 2> "$part_errors" < /dev/null &
  await
  tail -c "+$((shown + 1))" "$report" 2> /dev/null || true
  # A command that adds to results.jsonl itself may have ended in the middle of a line.
  [ -z "$(tail -c 1 "$records")" ] || sed -i '$d' "$records"
  end_part "$@"
}

# rows NAME COMMAND...: runs a command that prints JSON lines; each goes to results.jsonl at once, with
# the part's name in it, and that as its case where it has none. A line that was cut off does not.
rows() {
  part_name=$1
  shift
  begin_part "$@"
  rm -f "$results/rows"
  mkfifo "$results/rows"
  : > "$results/$part_name.jsonl"
  while read -r line; do
    case $line in
      '{"case":'*'}') members='' ;;
      '{'*'}') members="\"case\":\"$part_name\"," ;;
      *) continue ;;
    esac
    printf '{%s"part":"%s",%s\n' "$members" "$part_name" "${line#?}" |
      tee -a "$results/$part_name.jsonl" >> "$records"
  done < "$results/rows" &
  reader=$!
  timeout -k "$grace" "$limit" "$@" > "$results/rows" 2> "$part_errors" < /dev/null &
  await
  wait "$reader" || true
  end_part "$@"
}

begin_part() {
  part_errors=$results/$part_name.errors
  say "-- $part_name, at most $limit s: $(basename "$1") $(shift; echo "$*")"
  part_start=$(date +%s)
}

# In the background, because a shell that waits can be interrupted.
await() {
  child=$!
  code=0
  wait "$child" || code=$?
  child=''
}

end_part() {
  part_seconds=$(($(date +%s) - part_start))
  part_status=ok part_reason=''
  # A process that did not end by SIGTERM got SIGKILL.
  [ "$code" -ne 137 ] || [ "$part_seconds" -lt "$limit" ] || code=124
  case $code in
    0) say "   done in $part_seconds s" ;;
    124)
      part_status='cut off' part_reason="it had $limit s; what it measured by then counts"
      say "   cut off after $part_seconds s" ;;
    *)
      part_status=failed
      part_reason=$(grep -v '^ *$' "$part_errors" | tail -n 1 | cut -c 1-500 || true)
      [ -n "$part_reason" ] || part_reason="ended with code $code and no message"
      failed_parts="$failed_parts $part_name"
      say "   failed after $part_seconds s: $part_reason" ;;
  esac
  [ -s "$part_errors" ] || rm -f "$part_errors"
  printf '{"case":"part","part":%s,"status":"%s","exit_code":%s,"seconds":%s,"reason":%s,"command":%s}\n' \
    "$(quoted "$part_name")" "$part_status" "$code" "$part_seconds" "$(quoted "$part_reason")" \
    "$(quoted "$(basename "$1") $(shift; echo "$*")")" >> "$records"
  tables || true
}
