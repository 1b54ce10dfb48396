#!/bin/sh
# Makes the virtual environment that the comparison with the peers runs in, and changes nothing outside it.
#
#   Benchmarks/Peers/setup.sh [FOLDER]
#
# FOLDER defaults to ${XDG_CACHE_HOME:-$HOME/.cache}/lamina-peers and must lie outside the clone.
# PYTHON names the interpreter to use (default python3). The versions are pinned, so that two comparisons
# made at different times measure the same peers. Running the script again repairs or updates the folder.
set -eu

clone=$(cd "$(dirname "$0")/../.." && pwd -P)
folder=${1:-${XDG_CACHE_HOME:-$HOME/.cache}/lamina-peers}
python=${PYTHON:-python3}

case $folder in
    /*) ;;
    *) folder=$(pwd -P)/$folder ;;
esac
# Refuse a folder in the clone before anything is made: look at its nearest existing parent.
existing=$folder
while [ ! -d "$existing" ]; do existing=$(dirname "$existing"); done
case $(cd "$existing" && pwd -P)/ in
    "$clone"/*)
        echo "setup.sh: $folder lies inside the clone; give a folder outside it." >&2
        exit 2 ;;
esac
mkdir -p "$folder"
folder=$(cd "$folder" && pwd -P)

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "setup.sh: the peers need Python 3.11 or later; name one with PYTHON=..." >&2
    exit 2
fi
[ -x "$folder/bin/pip" ] || "$python" -m venv "$folder"
install() { "$folder/bin/pip" install --quiet --disable-pip-version-check "$@"; }

# PyTorch's CPU build. Where pip's sources do not offer it under that name, the plain package computes on the
# CPU with the same code (on Linux it also brings libraries for graphics cards, which stay unused).
torch=torch==2.13.0
if [ "$(uname -s)" = Linux ]; then
    install "$torch+cpu" 2>/dev/null || install "$torch"
else
    install "$torch"
fi
# The peers themselves, and below them the numerical libraries that decide their speed.
install jax==0.10.2 scikit-learn==1.9.1 tinygrad==0.14.0 \
    jaxlib==0.10.2 numpy==2.4.6 scipy==1.17.1 threadpoolctl==3.8.0
# Readers of other programs' file formats: what Lamina writes is checked with them.
install safetensors==0.8.0 tensorboard==2.21.0

echo "Installed in $folder:"
"$folder/bin/pip" list --disable-pip-version-check --format=freeze |
    grep -i -E '^(torch|jax|scikit-learn|tinygrad|numpy|scipy|safetensors|tensorboard)==' || true

# A second OpenCL implementation for CPUs next to PoCL: Intel's runtime, which runs on AMD's processors too.
if [ "$(uname -s)" = Linux ] && [ "$(uname -m)" = x86_64 ]; then
    install intel-opencl-rt==2026.2.0 intel-cmplr-lib-rt==2026.2.0
    mkdir -p "$folder/icd"
    echo "$folder/lib/libintelocl.so" > "$folder/icd/intel.icd"
    found=
    for file in /etc/OpenCL/vendors/*pocl*.icd /usr/share/OpenCL/vendors/*pocl*.icd; do
        [ -f "$file" ] || continue
        cp "$file" "$folder/icd/"
        found=1
    done
    [ -n "$found" ] || echo "PoCL is not installed on this system: only Intel's OpenCL runtime is listed."
    echo "Set this to see the OpenCL devices of both runtimes:"
    echo "OCL_ICD_VENDORS=$folder/icd LD_LIBRARY_PATH=$folder/lib"
else
    echo "Intel's OpenCL runtime exists for Linux on x86-64 only and was left out."
fi
