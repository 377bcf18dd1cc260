# make run     a release, started with its own mailbox
# make test    every test, with real mail servers and clients
# make install the program, its manual page and completions to PREFIX (/usr/local)
# make bench   speed and memory beside haproxy and socat, and of an import beside tshark and tcpflow
# make fuzz    every parser, a minute each (FUZZ_SECONDS=n for another time)
# make man     the manual page, from the commands themselves
# make docs    the pages of the rules, from the rules themselves
# make ci      what CI runs
SHELL := /bin/bash
STRICT := $(if $(CI),-Xswiftc -warnings-as-errors)
# STATIC=1 puts Swift's own libraries into the program: it runs where Swift is not, starts in half the time and needs less
# memory; building it takes more than twice as long.
RELEASE := --scratch-path .build-release $(if $(STATIC),--static-swift-stdlib)
FUZZ_SECONDS ?= 60
PREFIX ?= /usr/local
SHELLS := bash:share/bash-completion/completions zsh:share/zsh/site-functions fish:share/fish/vendor_completions.d

.PHONY: run install build release test unit peers bench fuzz man docs format lint ci tools

# What a build needs and the machine lacks.
tools:
	@Tools/install

build: tools
	swift build --build-tests $(STRICT)

release: tools
	swift build -c release $(RELEASE) --product mailtee

run: release
	.build-release/release/mailtee serve

# The program, its manual page and its completions.
install: release
	install -s -D -m 755 .build-release/release/mailtee $(DESTDIR)$(PREFIX)/bin/mailtee
	install -D -m 644 docs/man/mailtee.1 $(DESTDIR)$(PREFIX)/share/man/man1/mailtee.1
	for shell in $(SHELLS); do \
	  install -d $(DESTDIR)$(PREFIX)/$${shell#*:} && .build-release/release/mailtee \
	    --generate-completion-script $${shell%%:*} > $(DESTDIR)$(PREFIX)/$${shell#*:}/$$( \
	    case $$shell in bash*) echo mailtee;; zsh*) echo _mailtee;; fish*) echo mailtee.fish;; esac); \
	done

test: unit peers

unit: build
	swift test $(STRICT)

# As many tests at once as there are processors, where that can be had.
peers: build
	@Tests/install
	/usr/bin/python3 -m pytest Tests/Peers -q -p no:cacheprovider \
	  $$(/usr/bin/python3 -c 'import xdist' 2>/dev/null && echo --numprocesses=auto)

bench: release
	@Tests/install bench
	/usr/bin/python3 Benchmarks/run

fuzz: tools
	Fuzz/run --seconds $(FUZZ_SECONDS)

man:
	swift package --allow-writing-to-directory docs/man generate-manual --output-directory docs/man

docs: build
	.build/debug/mailtee explain --markdown --lang en > docs/rules.md
	.build/debug/mailtee explain --markdown --lang ja > docs/rules.ja.md

format:
	swift format --in-place --parallel --recursive Sources Tests Fuzz Package.swift

lint: tools
	swift format lint --strict --parallel --recursive Sources Tests Fuzz Package.swift

ci: lint build test fuzz
