# Shared by the benchmarks, which source it.

deploy=$(CDPATH='' cd -- "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
root=$(dirname "$deploy")
home=$deploy/server/target/tintype
classes=$deploy/bench/target/classes:$root/common-module/platform/target/test-classes
cache=$deploy/bench/target/runs

die() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 2
}

# number FLAG VALUE...: prints the value if it is a whole number from 1.
number() {
  case ${2:-} in
    '' | *[!0-9]* | 0*) die "$1 needs a whole number, 1 or more" ;;
    *) printf '%s' "$2" ;;
  esac
}

# needs COMMAND PACKAGE: ends with the package to install if the command is missing.
needs() {
  command -v "$1" >/dev/null || die "$1 is not installed; on Debian: apt-get install $2"
}

# Builds the distribution and the benchmarks if they are missing or older than their sources.
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

# benchmark PACKAGE.CLASS ARGUMENT...: runs it in a folder of its own, which keeps the logs of the last run.
benchmark() {
  local class=$1 work=$cache/${1##*.}
  shift
  rm -rf "$work"
  mkdir -p "$work"
  exec java -cp "$classes:$home/lib/*" "dev.tintype.bench.$class" "$work" "$@"
}
