# What the benchmarks have in common; read by them, not run.

deploy=$(CDPATH='' cd -- "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
root=$(dirname "$deploy")
home=$deploy/server/target/tintype
classes=$deploy/bench/target/classes:$root/common-module/platform/target/test-classes
cache=$deploy/bench/target/runs

die() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 2
}

# number FLAG VALUE...: the value, if it is one.
number() {
  case ${2:-} in
    '' | *[!0-9]* | 0*) die "$1 needs a number from 1" ;;
    *) printf '%s' "$2" ;;
  esac
}

# needs COMMAND PACKAGE: says what is missing; installs nothing.
needs() {
  command -v "$1" >/dev/null || die "there is no $1; on Debian: apt-get install $2"
}

# Builds the distribution and the benchmarks, if they are missing or older than their sources.
build() {
  local old=''
  if [ -x "$home/bin/tintype" ] && [ -d "$deploy/bench/target/classes/dev/tintype/bench" ]; then
    old=$(find "$root" \( -name target -o -path '*/src/test' \) -prune -o \
      \( -name '*.java' -o -name '*.lua' -o -name '*.js' -o -name pom.xml \) -newer "$home/bin/tintype" -print -quit)
    [ -n "$old" ] || return 0
  fi
  needs mvn maven
  echo '==> building' >&2
  # Without the escape codes that a quiet Maven prints.
  (cd "$root" && mvn -q -B -ntp -DskipTests package | sed $'s/\033\\[[0-9;]*m//g')
  touch "$home/bin/tintype"
}

# benchmark CLASS ARGUMENT...: runs it in a folder of its own, which keeps the logs of the last run.
benchmark() {
  local class=$1 work=$cache/$1
  shift
  rm -rf "$work"
  mkdir -p "$work"
  exec java -cp "$classes:$home/lib/*" "dev.tintype.bench.$class" "$work" "$@"
}
