#!/usr/bin/env bash
# Readies a Debian machine without Docker for `sam local`: podman, and the image that functions run in.
#
#   tools/engines/podman.sh          (as root, after npm ci)
#
# Where AWS's image cannot be pulled, one is built that stands in for it (see lambda-image/). What is there already
# is left as it is. Nothing is started: the tests start podman's service for themselves.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

image=public.ecr.aws/lambda/nodejs:24-x86_64    # what the SAM CLI asks for: nodejs24.x on x86_64
derived=public.ecr.aws/lambda/nodejs:24-rapid-x86_64    # what it makes of that
runtime_client=4.0.2
recipe=1    # to be raised with each change of what is in the image
label=telegram-lake.stand-in
node=../../node_modules/node/bin/node

fail() { echo "podman.sh: $*" >&2; exit 1; }
[ "$(id -u)" = 0 ] || fail 'needs root, to install packages and to run containers'
[ "$(uname -m)" = x86_64 ] || fail 'is for x86_64 only'
[ -x $node ] || fail 'needs the Node of the dependencies: npm ci'

install_packages() {
  local missing=() package
  for package in podman runc iptables busybox-static; do
    dpkg --status "$package" >/dev/null 2>&1 || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  command -v apt-get >/dev/null || fail 'needs apt-get'
  echo "podman.sh: installing ${missing[*]}"
  apt-get update -qq
  # Not what is recommended: that would be another runtime of containers, preferred to runc.
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq -o DPkg::Lock::Timeout=300 --no-install-recommends "${missing[@]}" >/dev/null
}

# Podman would raise the limits of its containers to more than a machine that is itself a container allows.
configure() {
  local limit file=/etc/containers/containers.conf.d/telegram-lake.conf
  if podman run --rm "$image" /bin/sh -c : >/dev/null 2>&1; then return; fi
  limit=$(ulimit -Hn)
  if [ "$limit" = unlimited ] || [ "$limit" -gt 20000 ]; then limit=20000; fi
  mkdir -p "${file%/*}"
  printf '%s\n' '[containers]' "default_ulimits = [\"nofile=$limit:$limit\", \"nproc=$limit:$limit\"]" \
    '[engine]' 'runtime = "runc"' > "$file"
  podman run --rm "$image" /bin/sh -c : || fail 'podman cannot run containers on this machine'
}

have_image() {
  local built
  podman image exists $image || return 1
  built=$(podman image inspect --format "{{index .Config.Labels \"$label\"}}" $image)
  [ -z "$built" ] || [ "$built" = "$recipe-$runtime_client-$("$node" --version)" ]
}

build_image() {
  local work root name library
  work=$(mktemp -d)
  trap 'rm -rf "$work"' RETURN
  root=$work/root
  mkdir -p "$root"/{bin,etc,proc,dev,tmp,opt,var/task,var/runtime,var/rapid,var/lang/bin,var/lang/lib,lib64}
  chmod 1777 "$root/tmp"
  cp "$node" "$root/var/lang/bin/"
  # The libraries that Node was linked with; their loader must be where Node looks for it.
  ldd "$node" | grep --only-matching '/[^ ]*' | while read -r library; do
    cp --dereference "$library" "$root/var/lang/lib/"
    case $library in /lib64/*) cp --dereference "$library" "$root/lib64/" ;; esac
  done
  cp "$(command -v busybox)" "$root/bin/busybox"
  for name in sh mv chmod cat; do ln --symbolic busybox "$root/bin/$name"; done    # the SAM CLI's own build calls them
  echo 'root:x:0:0:root:/:/bin/sh' > "$root/etc/passwd"
  echo 'hosts: files dns' > "$root/etc/nsswitch.conf"

  (cd "$work" && npm pack --silent "aws-lambda-ric@$runtime_client" >/dev/null)
  tar --extract --gzip --file "$work/aws-lambda-ric-$runtime_client.tgz" --directory "$work" package/index.mjs
  # Its compiled part would have to be compiled here.
  sed 's#\./rapid-client\.node#./runtime-client.cjs#' "$work/package/index.mjs" > "$root/var/runtime/index.mjs"
  grep --quiet runtime-client "$root/var/runtime/index.mjs" || fail 'the runtime client is not as it was'
  cp lambda-image/runtime-client.cjs lambda-image/bootstrap "$root/var/runtime/"

  podman rmi --force $derived $image >/dev/null 2>&1 || true
  podman build --quiet --file lambda-image/Dockerfile --tag $image \
    --label "$label=$recipe-$runtime_client-$("$node" --version)" "$work" >/dev/null
}

install_packages
if ! have_image; then
  echo "podman.sh: pulling $image"
  if ! timeout 300 podman pull --quiet $image 2>/dev/null; then
    echo 'podman.sh: it cannot be pulled; building one that stands in for it'
    build_image
  fi
fi
configure
echo "podman.sh: ready, $(podman --version)"
