# make run     a release, started with its own mailbox
# make test    every test, with real mail servers and clients
# make ci      what CI runs
SHELL := /bin/bash
STRICT := -Xswiftc -warnings-as-errors

.PHONY: run build test unit peers format lint ci tools

tools:
	@Tests/install-swift

build: tools
	swift build $(if $(CI),$(STRICT))

run: tools
	swift build -c release --scratch-path .build-release --product mailtee
	.build-release/release/mailtee serve

test: unit peers

unit: tools
	swift test $(if $(CI),$(STRICT))

peers: build
	@Tests/install
	/usr/bin/python3 -m pytest Tests/Peers -q -p no:cacheprovider

format:
	swift format --in-place --parallel --recursive Sources Tests Package.swift

lint: tools
	swift format lint --strict --parallel --recursive Sources Tests Package.swift

ci: lint build test
