# `make demo` and `make test` work on a fresh Debian or Ubuntu with Swift 6.3.

# One file that runs on any machine with the same C libraries.
RELEASE = --configuration release --static-swift-stdlib

.PHONY: demo test test-strict test-strict-short test-gpu-compilers test-gpu-compilers-short \
  test-exchange test-matrix example build bundle docs lint setup experiments clean

# Trains the built-in digits on the CPU and on the first OpenCL device.
demo: build
	.build/release/lamina demo

# .build/release/lamina
build: setup
	swift build $(RELEASE) --product lamina

# dist/lamina-VERSION-linux-ARCHITECTURE.tar.gz, for machines without Swift and without packages.
bundle: build
	@scripts/setup patchelf binutils libdeflate-tools
	scripts/bundle .build/release

# Reruns the table of Examples/README.md, with the data sets in ../shared/data or DATA.
experiments: build
	Examples/run $(if $(DATA),--data $(DATA))

# Builds and runs the package that uses the library.
example: setup
	cd Examples/Library && swift run --scratch-path ../../.build/example

test: setup
	swift build --build-tests
	swift test --skip-build

# Tests and commands under a layer that refuses what the strictest drivers refuse: Tests/StrictDriver.
test-strict: setup
	swift build --build-tests
	scripts/test-strict

# The operations' tests and a training.
test-strict-short: setup
	swift build --build-tests
	scripts/test-strict --short

# Compiles all kernels by the compilers of NVIDIA's and AMD's GPUs, which need none. PROGRAMS is a
# folder that a run with STRICT_PROGRAMS has filled; without it, tests and networks fill one.
test-gpu-compilers: setup
	swift build --build-tests
	scripts/test-gpu-compilers $(if $(PROGRAMS),--programs $(PROGRAMS))

# One target of each vendor.
test-gpu-compilers-short: setup
	swift build --build-tests
	scripts/test-gpu-compilers --short $(if $(PROGRAMS),--programs $(PROGRAMS))

# What Lamina writes for other programs, read by these: onnxruntime, numpy, PyTorch.
test-exchange: setup
	swift build --product lamina
	scripts/test-exchange

# The tests that meet OpenCL, on every implementation that needs no GPU.
test-matrix: setup
	swift build --build-tests
	scripts/test-matrix

# The API documentation of the libraries, in .build/documentation. Fails on a warning.
docs: setup
	scripts/docs

lint:
	swift format lint --strict --recursive --parallel Sources Tests Package.swift

# Installs what is missing, with sudo only where that is needed.
setup:
	@scripts/setup

clean:
	swift package clean
	rm -rf .build/no-opencl .build/documentation
